package io.kombine.gateway.status;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The open sockets of projects and what they work with. When the gateway stops, they end first. */
@Component
final class ProjectSockets implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(ProjectSockets.class);

  private final ProjectSocketProperties properties;
  private final ProjectGenerations generations;
  private final StatusService status;
  private final WatchedBatches batches;
  private final ReadPositions positions;
  private final Set<Session> open = ConcurrentHashMap.newKeySet();
  private volatile boolean running;

  ProjectSockets(
      ProjectSocketProperties properties,
      ProjectGenerations generations,
      StatusService status,
      WatchedBatches batches,
      ReadPositions positions) {
    this.properties = properties;
    this.generations = generations;
    this.status = status;
    this.batches = batches;
    this.positions = positions;
  }

  ProjectSocketProperties properties() {
    return properties;
  }

  ProjectGenerations generations() {
    return generations;
  }

  StatusService status() {
    return status;
  }

  WatchedBatches batches() {
    return batches;
  }

  ReadPositions positions() {
    return positions;
  }

  void opened(Session session) {
    open.add(session);
    if (!running) {
      end(session);
    }
  }

  /** Frees the place that was taken for it. */
  void closed(Session session) {
    open.remove(session);
    batches.freeStreamPlace();
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    open.forEach(ProjectSockets::end);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private static void end(Session session) {
    try {
      session.close(new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "The gateway is stopping."));
    } catch (IOException | IllegalStateException gone) {
      log.debug("The socket was closed already", gone);
    }
  }
}
