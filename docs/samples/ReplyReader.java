import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Prints what is replied to one request, until its batch has finished or it was rejected: {@code
 * ReplyReader <brokers> <request id> [seconds to wait at most]}. Ends with 0 after {@code
 * finished}, 1 after {@code rejected}, 2 where neither came in time.
 */
public class ReplyReader {

  private static final String TOPIC = "generation.replies";
  private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":\\s*(\\d+)");

  public static void main(String[] arguments) {
    String brokers = arguments[0];
    String requestId = arguments[1];
    long seconds = arguments.length > 2 ? Long.parseLong(arguments[2]) : 3_600;
    System.exit(read(brokers, requestId, Instant.now().plusSeconds(seconds)));
  }

  private static int read(String brokers, String requestId, Instant end) {
    Set<Long> seen = new HashSet<>();
    Map<String, Object> settings = Map.of("bootstrap.servers", brokers);
    try (var replies =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      var partitions =
          replies.partitionsFor(TOPIC).stream()
              .map(partition -> new TopicPartition(TOPIC, partition.partition()))
              .toList();
      replies.assign(partitions);
      replies.seekToBeginning(partitions);
      while (Instant.now().isBefore(end)) {
        for (ConsumerRecord<String, String> reply : replies.poll(Duration.ofMillis(200))) {
          // a reply may come twice: its sequence says so
          if (requestId.equals(reply.key()) && seen.add(sequence(reply.value()))) {
            String type = header(reply, "ce_type");
            System.out.println(type + " " + reply.value());
            if (type.endsWith(".finished")) {
              return 0;
            }
            if (type.endsWith(".rejected")) {
              return 1;
            }
          }
        }
      }
    }
    return 2;
  }

  private static long sequence(String reply) {
    Matcher found = SEQUENCE.matcher(reply);
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  private static String header(ConsumerRecord<String, String> reply, String name) {
    var header = reply.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
