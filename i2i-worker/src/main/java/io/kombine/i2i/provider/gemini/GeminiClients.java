package io.kombine.i2i.provider.gemini;

import com.google.genai.Client;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import io.kombine.worker.provider.Departure;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** One client an account, each with its retries turned off. Thread-safe. */
final class GeminiClients implements AutoCloseable {

  /** A client and how long a call of it may take. */
  record Entry(Client client, Duration timeout) {}

  private final Map<String, Entry> byAccount = new TreeMap<>();

  GeminiClients(Map<String, GeminiAccount> accounts) {
    accounts.forEach(
        (name, account) -> byAccount.put(name, new Entry(client(account), account.timeout())));
  }

  private static Client client(GeminiAccount account) {
    OkHttpClient http =
        new OkHttpClient.Builder()
            .connectTimeout(account.connectTimeout())
            .readTimeout(account.timeout())
            .writeTimeout(account.timeout())
            .callTimeout(account.timeout())
            // why both: a kept connection that breaks, or a redirect, would send a paid call twice
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .addInterceptor(new WholeAnswers())
            .addInterceptor(chain -> {
              Departure.now();
              return chain.proceed(chain.request());
            })
            .build();
    return Client.builder()
        // why: the client would take it from the environment
        .vertexAI(false)
        .apiKey(account.apiKey())
        .httpOptions(
            HttpOptions.builder()
                .baseUrl(account.baseUrl().toString())
                .retryOptions(HttpRetryOptions.builder().attempts(1))
                .build())
        .clientOptions(ClientOptions.builder().customHttpClient(http).build())
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
