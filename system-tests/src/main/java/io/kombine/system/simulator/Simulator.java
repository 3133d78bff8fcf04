package io.kombine.system.simulator;

import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.control.ControlApi;
import io.kombine.system.simulator.desk.Api;
import io.kombine.system.simulator.desk.Desk;
import io.kombine.system.simulator.desk.Keys;
import io.kombine.system.simulator.desk.WorkTimes;
import io.kombine.system.simulator.drive.DriveApi;
import io.kombine.system.simulator.drive.DriveEntry;
import io.kombine.system.simulator.fal.FalApi;
import io.kombine.system.simulator.fault.Faults;
import io.kombine.system.simulator.gemini.GeminiApi;
import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.HttpFront;
import io.kombine.system.simulator.http.Json;
import io.kombine.system.simulator.http.Request;
import io.kombine.system.simulator.invoice.Invoice;
import io.kombine.system.simulator.invoice.Prices;
import io.kombine.system.simulator.kling.KlingApi;
import io.kombine.system.simulator.limit.KeyStats;
import io.kombine.system.simulator.limit.LimitSettings;
import io.kombine.system.simulator.limit.Limits;
import io.kombine.system.simulator.media.MediaApi;
import io.kombine.system.simulator.media.MediaStore;
import io.kombine.system.simulator.openai.OpenAiApi;
import java.io.IOException;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A running simulator: one port of the loopback interface for all vendors, told apart by their
 * paths. Everything is in memory and bounded. Thread-safe.
 */
public final class Simulator implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Simulator.class.getName());

  private final AtomicLong failures = new AtomicLong();
  private final Faults faults;
  private final Limits limits;
  private final Invoice invoice;
  private final Prices prices = new Prices();
  private final MediaStore media;
  private final FalApi fal;
  private final DriveApi drive;
  private final List<Api> apis;
  private final HttpFront front;

  private Simulator(SimulatorSettings settings) throws IOException {
    Map<Vendor, LimitSettings> limitSettings = new EnumMap<>(Vendor.class);
    Map<Vendor, WorkTimes.Range> ranges = new EnumMap<>(Vendor.class);
    Map<Vendor, Set<String>> accepted = new EnumMap<>(Vendor.class);
    for (Vendor vendor : Vendor.values()) {
      VendorSettings of = settings.of(vendor);
      limitSettings.put(vendor, of.limits());
      ranges.put(vendor, of.work());
      if (of.keys() != null) {
        accepted.put(vendor, Set.copyOf(of.keys()));
      }
    }
    this.faults = new Faults(settings.clock());
    this.limits = new Limits(settings.clock(), limitSettings);
    this.invoice = new Invoice(settings.clock());
    this.media = new MediaStore(settings.clock());
    prices.prepend(settings.prices());
    WorkTimes workTimes = new WorkTimes(ranges);
    Keys keys = new Keys(accepted, settings.klingSecrets());
    Desk desk = new Desk(settings.clock(), limits, faults, invoice, prices, workTimes);
    this.fal = new FalApi(desk, keys, media, settings.resultLifetime());
    this.drive = new DriveApi(desk, keys);
    this.apis =
        List.of(
            new ControlApi(
                faults,
                limits,
                workTimes,
                prices,
                invoice,
                this::stats,
                this::driveTree,
                this::reset),
            new OpenAiApi(desk, keys),
            new KlingApi(desk, keys, media, settings.resultLifetime()),
            new GeminiApi(desk, keys),
            new MediaApi(desk, media),
            fal,
            drive);
    this.front = HttpFront.listen("127.0.0.1", settings.port(), this::answer);
  }

  /**
   * Starts one.
   *
   * @throws IOException when the port is taken
   */
  public static Simulator start(SimulatorSettings settings) throws IOException {
    return new Simulator(settings);
  }

  /** Where it listens, without a slash at the end; all vendors' paths start here. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + front.port());
  }

  /** The script of faults. */
  public Faults faults() {
    return faults;
  }

  /** The limits. */
  public Limits limits() {
    return limits;
  }

  /** The invoice. */
  public Invoice invoice() {
    return invoice;
  }

  /** The prices. */
  public Prices prices() {
    return prices;
  }

  /** All files and folders at Drive, with their paths. */
  public List<DriveEntry> driveTree() {
    return drive.tree();
  }

  /** What it has seen. */
  public SimulatorStats stats() {
    List<KeyStats> keys = limits.stats();
    return new SimulatorStats(
        keys,
        keys.stream().mapToLong(KeyStats::violations).sum(),
        fal.maxRunning(),
        front.undelivered(),
        media.evicted(),
        failures.get());
  }

  /** Forgets calls, tasks, files, faults and the invoice; limits and prices stay as they are. */
  public void reset() {
    faults.clear();
    limits.reset();
    invoice.reset();
    apis.forEach(Api::reset);
  }

  private Answer answer(Request request) {
    try {
      for (Api api : apis) {
        Optional<Answer> answer = api.answer(request);
        if (answer.isPresent()) {
          return answer.get();
        }
      }
    } catch (RuntimeException e) {
      // why: without an answer the caller would take it for a dropped connection
      failures.incrementAndGet();
      LOG.log(System.Logger.Level.ERROR, "The simulator failed at " + request.path(), e);
      return Answer.json(500, Json.object().put("detail", "The simulator itself has failed."));
    }
    return Answer.json(404, Json.object().put("detail", "No vendor has this path."));
  }

  @Override
  public void close() {
    front.close();
  }
}
