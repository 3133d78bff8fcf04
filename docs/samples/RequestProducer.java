import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Asks for a batch: {@code RequestProducer <brokers> <topic> <request id> <kind> <file with the
 * body>}. Sending the same again is harmless; the id stands for one batch.
 */
public class RequestProducer {

  public static void main(String[] arguments) throws Exception {
    String brokers = arguments[0];
    String topic = arguments[1];
    String requestId = arguments[2];
    String kind = arguments[3];
    String body = Files.readString(Path.of(arguments[4]));
    String envelope =
        "{\"version\": 1, \"requestId\": \"%s\", \"kind\": \"%s\", \"request\": %s}"
            .formatted(requestId, kind, body);

    ProducerRecord<String, String> request = new ProducerRecord<>(topic, requestId, envelope);
    // CloudEvents attributes, for those who route by them; Kombine needs none
    header(request, "ce_specversion", "1.0");
    header(request, "ce_type", "com.example.shop.generation");
    header(request, "ce_source", "/example/shop");
    header(request, "ce_id", requestId);
    header(request, "ce_time", Instant.now().toString());
    header(request, "content-type", "application/json");

    Map<String, Object> settings = Map.of("bootstrap.servers", brokers, "acks", "all");
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      var at = producer.send(request).get();
      System.out.println("sent " + requestId + " to " + at);
    }
  }

  private static void header(ProducerRecord<String, String> request, String name, String value) {
    request.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
