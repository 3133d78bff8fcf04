package io.kombine.worker.consume;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * What happens when the consumer thread fails: nothing is skipped. The partitions are set back to
 * where the poll began, and the intake passes over what it had taken before the failure.
 *
 * <p>why not Spring's handlers: they retry within the poll and at last give its records up.
 */
final class PollRedelivery implements CommonErrorHandler {

  private static final Logger log = LoggerFactory.getLogger(PollRedelivery.class);

  @Override
  public boolean seeksAfterHandling() {
    return true;
  }

  @Override
  public boolean isAckAfterHandle() {
    return false;
  }

  @Override
  public void handleBatch(
      Exception thrown,
      ConsumerRecords<?, ?> polled,
      Consumer<?, ?> consumer,
      MessageListenerContainer container,
      Runnable invokeListener) {
    log.error("Taking {} records over failed; they are polled again", polled.count(), thrown);
    polled
        .partitions()
        .forEach(
            partition -> consumer.seek(partition, polled.records(partition).getFirst().offset()));
  }

  @Override
  public void handleOtherException(
      Exception thrown,
      Consumer<?, ?> consumer,
      MessageListenerContainer container,
      boolean batchListener) {
    log.error("The consumer thread failed and goes on", thrown);
  }
}
