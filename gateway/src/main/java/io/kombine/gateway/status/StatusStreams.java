package io.kombine.gateway.status;

import io.kombine.contracts.BatchView;
import io.kombine.contracts.ContractJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Writes event streams, each on its request's virtual thread, so that a client that reads slowly
 * holds nothing but its own thread and connection. When the gateway stops, all end first.
 */
@Component
final class StatusStreams implements SmartLifecycle {

  private static final Duration LONGEST_CATCH_UP = Duration.ofSeconds(5);
  private static final Duration CATCH_UP_STEP = Duration.ofMillis(50);
  private static final byte[] OPENING = "retry: 1000\n\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

  private final StreamProperties properties;
  private final ReadPositions positions;
  private final WatchedBatches batches;
  private volatile boolean running;

  StatusStreams(StreamProperties properties, ReadPositions positions, WatchedBatches batches) {
    this.properties = properties;
    this.positions = positions;
    this.batches = batches;
  }

  /**
   * Streams until the batch is done, the client is gone or too slow, or the gateway stops.
   *
   * @throws IOException when the client is gone
   */
  void stream(WatchedBatch batch, @Nullable String lastEventId, HttpServletResponse response)
      throws IOException, InterruptedException {
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    OutputStream out = response.getOutputStream();
    out.write(OPENING);
    out.flush();
    StreamCursor cursor = begin(batch, EventPosition.parse(lastEventId));
    long lastSent = System.nanoTime() - properties.fold().toNanos();
    while (running) {
      StreamUpdate update = batch.updateFrom(cursor);
      boolean done = false;
      EventPosition id;
      BatchView document;
      switch (update) {
        case StreamUpdate.Closed closed -> {
          return;
        }
        case StreamUpdate.Snapshot snapshot -> {
          send(out, snapshot.id(), "snapshot", snapshot.snapshot());
          cursor = snapshot.cursor();
          done = snapshot.done();
          id = snapshot.id();
          document = snapshot.snapshot().status();
          lastSent = System.nanoTime();
        }
        case StreamUpdate.Delta delta -> {
          send(out, delta.id(), "delta", delta.delta());
          cursor = delta.cursor();
          done = delta.done();
          id = delta.id();
          document = delta.document();
          lastSent = System.nanoTime();
        }
        case StreamUpdate.Nothing nothing -> {
          done = nothing.done();
          id = nothing.id();
          document = nothing.document();
          if (!done && System.nanoTime() - lastSent >= properties.heartbeat().toNanos()) {
            out.write(HEARTBEAT);
            out.flush();
            lastSent = System.nanoTime();
          }
        }
      }
      if (done) {
        send(out, id, "end", document);
        return;
      }
      long sinceSent = System.nanoTime() - lastSent;
      batch.awaitChange(cursor, properties.heartbeat().minusNanos(Math.max(0, sinceSent)));
      batch.awaitFold(lastSent + properties.fold().toNanos() - System.nanoTime());
    }
  }

  private StreamCursor begin(WatchedBatch batch, Optional<EventPosition> seen)
      throws InterruptedException {
    if (seen.isEmpty() || seen.get().partition() != batch.partition()) {
      return StreamCursor.NOWHERE;
    }
    // why wait: another replica may have told the client more than this one has read yet
    long deadline = System.nanoTime() + LONGEST_CATCH_UP.toNanos();
    while (positions.of(batch.partition()) <= seen.get().offset()) {
      if (!running || System.nanoTime() >= deadline) {
        return StreamCursor.NOWHERE;
      }
      batch.awaitFold(CATCH_UP_STEP.toNanos());
    }
    return batch.resume(seen.get());
  }

  private static void send(OutputStream out, EventPosition id, String event, Object data)
      throws IOException {
    String head = "id: " + id + "\nevent: " + event + "\ndata: ";
    out.write(head.getBytes(StandardCharsets.UTF_8));
    out.write(ContractJson.mapper().writeValueAsBytes(data));
    out.write('\n');
    out.write('\n');
    out.flush();
  }

  @Override
  public void start() {
    running = true;
  }

  /** In the last phase, which is the first to be stopped: before the server waits for requests. */
  @Override
  public void stop() {
    running = false;
    batches.all().forEach(WatchedBatch::close);
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
