package io.kombine.system.simulator.control;

import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.desk.Api;
import io.kombine.system.simulator.desk.WorkTimes;
import io.kombine.system.simulator.fault.FaultRule;
import io.kombine.system.simulator.fault.Faults;
import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.BadRequestException;
import io.kombine.system.simulator.http.Json;
import io.kombine.system.simulator.http.Request;
import io.kombine.system.simulator.invoice.Invoice;
import io.kombine.system.simulator.invoice.PriceRule;
import io.kombine.system.simulator.invoice.Prices;
import io.kombine.system.simulator.limit.LimitSettings;
import io.kombine.system.simulator.limit.Limits;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /control/...}: faults, limits, prices, invoice, statistics, reset. Needs no key. */
public final class ControlApi implements Api {

  private static final String PATH = "/control/";
  private static final int MAX_RULES_AT_ONCE = 100;

  private final Faults faults;
  private final Limits limits;
  private final WorkTimes workTimes;
  private final Prices prices;
  private final Invoice invoice;
  private final Supplier<?> stats;
  private final Supplier<?> tree;
  private final Runnable reset;

  /**
   * Over the parts that it shows and changes.
   *
   * @param stats of the whole simulator
   * @param tree of the files at Drive
   * @param reset of the whole simulator
   */
  public ControlApi(
      Faults faults,
      Limits limits,
      WorkTimes workTimes,
      Prices prices,
      Invoice invoice,
      Supplier<?> stats,
      Supplier<?> tree,
      Runnable reset) {
    this.faults = faults;
    this.limits = limits;
    this.workTimes = workTimes;
    this.prices = prices;
    this.invoice = invoice;
    this.stats = stats;
    this.tree = tree;
    this.reset = reset;
  }

  @Override
  public Optional<Answer> answer(Request request) {
    if (!request.path().startsWith(PATH)) {
      return Optional.empty();
    }
    try {
      return Optional.of(route(request, request.path().substring(PATH.length())));
    } catch (JacksonException e) {
      return Optional.of(problem(400, e.getOriginalMessage()));
    } catch (IllegalArgumentException | BadRequestException e) {
      return Optional.of(problem(400, e.getMessage()));
    } catch (IllegalStateException e) {
      return Optional.of(problem(409, e.getMessage()));
    }
  }

  private Answer route(Request request, String path) {
    if (path.startsWith("faults/")) {
      return removeFault(request, path.substring("faults/".length()));
    }
    return switch (request.method() + " " + path) {
      case "GET health" -> Answer.json(200, Json.object().put("status", "UP"));
      case "GET faults" -> json(faults.list());
      case "POST faults" -> putFaults(request);
      case "DELETE faults" -> {
        faults.clear();
        yield Answer.empty(204);
      }
      case "GET limits" -> Answer.json(200, showLimits());
      case "PUT limits" -> putLimits(request);
      case "GET prices" -> json(prices.list());
      case "PUT prices" -> {
        prices.prepend(List.of(Json.MAPPER.treeToValue(request.json(), PriceRule[].class)));
        yield Answer.empty(204);
      }
      case "GET invoice" ->
          "csv".equals(request.query().get("format"))
              ? csv()
              : Answer.json(200, showInvoice(request.query().get("step")));
      case "GET invoice.csv" -> csv();
      case "GET stats" -> json(stats.get());
      case "GET drive/tree" -> json(tree.get());
      case "POST reset" -> {
        reset.run();
        yield Answer.empty(204);
      }
      default -> problem(404, "There is no " + request.method() + " " + request.path() + ".");
    };
  }

  private Answer putFaults(Request request) {
    JsonNode body = request.json();
    List<FaultRule> rules =
        body.isArray()
            ? List.of(Json.MAPPER.treeToValue(body, FaultRule[].class))
            : List.of(Json.MAPPER.treeToValue(body, FaultRule.class));
    if (rules.size() > MAX_RULES_AT_ONCE) {
      throw new IllegalArgumentException("no more than " + MAX_RULES_AT_ONCE + " faults at once");
    }
    ObjectNode answer = Json.object();
    var ids = answer.putArray("ids");
    rules.forEach(rule -> ids.add(faults.put(rule)));
    return Answer.json(201, answer);
  }

  private Answer removeFault(Request request, String id) {
    if (!request.method().equals("DELETE")) {
      return problem(404, "A fault can only be deleted.");
    }
    return faults.remove(Long.parseLong(id))
        ? Answer.empty(204)
        : problem(404, "There is no fault " + id + ".");
  }

  private Answer putLimits(Request request) {
    LimitChange change = Json.MAPPER.treeToValue(request.json(), LimitChange.class);
    Vendor vendor = change.vendor();
    LimitSettings limit =
        limits
            .of(vendor)
            .changed(
                change.requests(), change.windowMs(), change.concurrency(), change.retryHint());
    WorkTimes.Range range = workTimes.range(vendor);
    WorkTimes.Range newRange =
        new WorkTimes.Range(
            change.minWorkMs() == null ? range.minMs() : change.minWorkMs(),
            change.maxWorkMs() == null ? range.maxMs() : change.maxWorkMs());
    limits.set(vendor, limit);
    workTimes.set(vendor, newRange);
    return Answer.json(200, showLimits());
  }

  private ObjectNode showLimits() {
    ObjectNode all = Json.object();
    for (Vendor vendor : Vendor.values()) {
      LimitSettings limit = limits.of(vendor);
      all.putObject(vendor.word())
          .put("requests", limit.requests())
          .put("window_ms", limit.windowMs())
          .put("concurrency", limit.concurrency())
          .put("retry_hint", limit.retryHint())
          .put("min_work_ms", workTimes.range(vendor).minMs())
          .put("max_work_ms", workTimes.range(vendor).maxMs());
    }
    return all;
  }

  private ObjectNode showInvoice(@Nullable String step) {
    ObjectNode body = Json.object().put("currency", "USD");
    body.put("total", invoice.total());
    ObjectNode totals = body.putObject("totals");
    for (Map.Entry<String, BigDecimal> total : invoice.totals().entrySet()) {
      totals.put(total.getKey(), total.getValue());
    }
    body.set(
        "lines", Json.MAPPER.valueToTree(step == null ? invoice.lines() : invoice.linesOf(step)));
    return body;
  }

  private Answer csv() {
    return Answer.bytes(
        200, "text/csv; charset=UTF-8", invoice.csv().getBytes(StandardCharsets.UTF_8));
  }

  private static Answer json(Object value) {
    return Answer.json(200, Json.MAPPER.valueToTree(value));
  }

  private static Answer problem(int status, @Nullable String detail) {
    return Answer.json(status, Json.object().put("status", status).put("detail", detail));
  }
}
