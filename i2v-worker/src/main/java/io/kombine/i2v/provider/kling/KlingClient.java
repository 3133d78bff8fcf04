package io.kombine.i2v.provider.kling;

import io.kombine.contracts.ContractJson;
import io.kombine.i2v.remote.SentOnce;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClientException;
import tools.jackson.core.JacksonException;

/** Speaks to Kling for one account. Each method sends one request and never a second. */
final class KlingClient {

  private static final Logger log = LoggerFactory.getLogger(KlingClient.class);

  private final KlingApi api;
  private final KlingCredentials credentials;

  private KlingClient(KlingApi api, KlingCredentials credentials) {
    this.api = api;
    this.credentials = credentials;
  }

  static KlingClient of(KlingAccount account, HttpClient http, Clock clock) {
    KlingApi api = SentOnce.api(KlingApi.class, account.baseUrl(), http, account.requestTimeout());
    return new KlingClient(api, new KlingCredentials(account, clock));
  }

  /** Creates a task: the paid request. */
  KlingExchange create(KlingOrder order) throws InterruptedException {
    return exchange(() -> api.create(credentials.header(), order.externalTaskId(), order));
  }

  /** Asks for a task by Kling's id or by our own. */
  KlingExchange task(String callKey, String id) throws InterruptedException {
    return exchange(() -> api.task(credentials.header(), callKey, id));
  }

  private static KlingExchange exchange(Supplier<ResponseEntity<byte[]>> request)
      throws InterruptedException {
    try {
      return read(request.get());
    } catch (RestClientException broken) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return SentOnce.neverSent(broken) ? new KlingExchange.NotSent() : new KlingExchange.Lost();
    }
  }

  private static KlingExchange read(ResponseEntity<byte[]> answer) {
    int status = answer.getStatusCode().value();
    byte[] body = answer.getBody();
    try {
      KlingReply reply =
          ContractJson.mapper().readValue(body == null ? new byte[0] : body, KlingReply.class);
      if (reply != null) {
        return new KlingExchange.Answered(status, reply);
      }
    } catch (JacksonException garbled) {
      log.debug("Kling's answer of status {} is no JSON of its own", status, garbled);
    }
    // why: a status without Kling's words, as gateways give it, still says that nothing was made
    return status >= 300
        ? new KlingExchange.Answered(status, new KlingReply(status, null, null))
        : new KlingExchange.Lost();
  }
}
