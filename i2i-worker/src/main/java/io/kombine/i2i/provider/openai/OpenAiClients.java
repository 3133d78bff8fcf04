package io.kombine.i2i.provider.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.Timeout;
import io.kombine.worker.provider.Departure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One client an account, each with its retries turned off. Thread-safe. */
final class OpenAiClients implements AutoCloseable {

  /** A client and how long a call of it may take. */
  record Entry(OpenAIClient client, Duration timeout) {}

  private final Map<String, Entry> byAccount = new TreeMap<>();

  OpenAiClients(Map<String, OpenAiAccount> accounts) {
    accounts.forEach(
        (name, account) -> byAccount.put(name, new Entry(client(account), account.timeout())));
  }

  private static OpenAIClient client(OpenAiAccount account) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(account.baseUrl().toString())
        .apiKey(account.apiKey())
        .organization(Optional.ofNullable(account.organization()))
        .project(Optional.ofNullable(account.project()))
        .timeout(
            Timeout.builder()
                .connect(account.connectTimeout())
                .read(account.timeout())
                .write(account.timeout())
                .request(account.timeout())
                .build())
        .maxRetries(0)
        // why: a redirect would send a paid call twice
        .followRedirects(false)
        .addInterceptor(chain -> {
          Departure.now();
          return chain.proceed(chain.request());
        })
        .build();
  }

  @Nullable Entry find(String account) {
    return byAccount.get(account);
  }

  @Override
  public void close() {
    byAccount.values().forEach(entry -> entry.client().close());
  }
}
