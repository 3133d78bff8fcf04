package io.kombine.batch.model;

import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.BatchStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A batch as clients list and read it. Written once, when it is accepted; afterwards only by
 * statements of {@link BatchRows} and those who hold its lock, so it is never saved again.
 */
@Entity
@Table(name = "batches")
public class Batch {

  @Id
  @Column(name = "batch_id")
  private UUID id;

  private String owner;

  @Enumerated(EnumType.STRING)
  private BatchKind kind;

  private String name;
  private String folder;

  @JdbcTypeCode(SqlTypes.JSON)
  private String request;

  private String currency;
  private BigDecimal quoted;

  @Column(name = "max_cost")
  private @Nullable BigDecimal maxCost;

  private BigDecimal spent = BigDecimal.ZERO;

  @Column(name = "quote_id")
  private @Nullable UUID quoteId;

  private boolean reuse;

  private boolean planning;

  @Column(name = "group_limit")
  private @Nullable Integer groupLimit;

  @Column(name = "total_steps")
  private int totalSteps;

  @Enumerated(EnumType.STRING)
  private Hold hold = Hold.NONE;

  @Enumerated(EnumType.STRING)
  private BatchStatus status = BatchStatus.QUEUED;

  private long revision = 1;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "started_at", insertable = false)
  private @Nullable Instant startedAt;

  @Column(name = "finished_at", insertable = false)
  private @Nullable Instant finishedAt;

  @SuppressWarnings("NullAway.Init") // why: Hibernate fills the fields
  protected Batch() {}

  Batch(UUID id, NewBatch accepted, String folder, Instant createdAt) {
    this.id = id;
    this.owner = accepted.owner();
    this.kind = accepted.plan().kind();
    this.name = accepted.name();
    this.folder = folder;
    this.request = accepted.request();
    this.currency = accepted.quoted().currency();
    this.quoted = accepted.quoted().amount();
    this.maxCost = accepted.maxCost();
    this.quoteId = accepted.quoteId();
    this.reuse = accepted.reuse();
    this.totalSteps = accepted.plan().steps().size();
    this.createdAt = createdAt;
  }

  Batch(UUID id, PlanningBatch accepted, String folder, Instant createdAt) {
    this.id = id;
    this.owner = accepted.owner();
    this.kind = accepted.kind();
    this.name = accepted.name();
    this.folder = folder;
    this.request = accepted.request();
    this.currency = accepted.expected().currency();
    this.quoted = accepted.expected().amount();
    this.maxCost = accepted.maxCost();
    this.quoteId = accepted.quoteId();
    this.reuse = accepted.reuse();
    this.planning = true;
    this.groupLimit = accepted.groupLimit();
    this.status = BatchStatus.PLANNING;
    this.createdAt = createdAt;
  }

  public UUID id() {
    return id;
  }

  public String owner() {
    return owner;
  }

  public BatchKind kind() {
    return kind;
  }

  public String name() {
    return name;
  }

  public String folder() {
    return folder;
  }

  /** The body it was accepted from, as JSON. */
  public String request() {
    return request;
  }

  public String currency() {
    return currency;
  }

  public BigDecimal quoted() {
    return quoted;
  }

  public @Nullable BigDecimal maxCost() {
    return maxCost;
  }

  public BigDecimal spent() {
    return spent;
  }

  public @Nullable UUID quoteId() {
    return quoteId;
  }

  public int totalSteps() {
    return totalSteps;
  }

  public Hold hold() {
    return hold;
  }

  public BatchStatus status() {
    return status;
  }

  public long revision() {
    return revision;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public @Nullable Instant startedAt() {
    return startedAt;
  }

  public @Nullable Instant finishedAt() {
    return finishedAt;
  }
}
