package io.kombine.gateway.status;

import io.kombine.contracts.ContractJson;
import io.kombine.gateway.status.ProjectGenerations.Answer;
import io.kombine.gateway.status.ProjectGenerations.Generation;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that follows a project: the generation that runs, and then the next one. It writes on
 * a virtual thread of its own and buffers nothing: what a slow client has not been told yet stays
 * in the batch's bounded ring, and a client that takes nothing for too long is closed.
 */
final class ProjectSocket extends Endpoint {

  private static final Logger log = LoggerFactory.getLogger(ProjectSocket.class);
  private static final int MAX_INCOMING_BYTES = 1024;
  private static final Duration CATCH_UP = Duration.ofSeconds(5);
  private static final Duration CATCH_UP_STEP = Duration.ofMillis(50);

  private final ProjectSockets sockets;
  private final UUID projectId;
  private final @Nullable String key;
  private final Generation first;
  private @Nullable ProjectPosition seen;

  private volatile @Nullable Thread thread;
  private volatile boolean closed;
  // why not the last message: only a ping makes a client answer, and one that is told a lot but
  // never asked would pass for silent
  private long lastPing = System.nanoTime();

  ProjectSocket(
      ProjectSockets sockets,
      Generation first,
      @Nullable String key,
      @Nullable ProjectPosition seen) {
    this.sockets = sockets;
    this.projectId = first.projectId();
    this.first = first;
    this.key = key;
    this.seen = seen;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    ProjectSocketProperties properties = sockets.properties();
    session.setMaxTextMessageBufferSize(MAX_INCOMING_BYTES);
    session.setMaxBinaryMessageBufferSize(MAX_INCOMING_BYTES);
    session
        .getUserProperties()
        .put(
            "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT",
            properties.sendTimeout().toMillis());
    session
        .getUserProperties()
        .put("org.apache.tomcat.websocket.READ_IDLE_TIMEOUT_MS", properties.idleAfter().toMillis());
    // why a handler: clients have nothing to say, and what they say all the same is dropped
    session.addMessageHandler(String.class, (MessageHandler.Whole<String>) ignored -> {});
    thread = Thread.ofVirtual().name("project-socket-" + projectId).start(() -> serve(session));
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    closed = true;
    Thread serving = thread;
    if (serving != null) {
      serving.interrupt();
    }
  }

  @Override
  public void onError(Session session, Throwable failure) {
    log.debug("Socket of project {}", projectId, failure);
  }

  private void serve(Session session) {
    sockets.opened(session);
    try {
      follow(session);
    } catch (IOException slowOrGone) {
      close(session, CloseCodes.TRY_AGAIN_LATER, "The client does not take its messages.");
    } catch (InterruptedException ended) {
      close(session, CloseCodes.GOING_AWAY, "The gateway is stopping.");
    } catch (RuntimeException broken) {
      log.error("Socket of project {} failed", projectId, broken);
      close(session, CloseCodes.UNEXPECTED_CONDITION, "The gateway failed.");
    } finally {
      sockets.closed(session);
    }
  }

  private void follow(Session session) throws IOException, InterruptedException {
    Generation now = first;
    UUID told = null;
    if (now.batchId() == null) {
      send(session, ProjectFeed.nothing(projectId));
    }
    while (!closed) {
      UUID batchId = now.batchId();
      if (batchId != null && (now.running() || !batchId.equals(told))) {
        if (!follow(session, now, batchId)) {
          return;
        }
        told = batchId;
      }
      pause(session);
      switch (sockets.generations().ask(projectId, key)) {
        case Answer.Found(Generation next) -> now = next;
        case Answer.Unavailable() -> log.debug("Project {} is asked for again", projectId);
        case Answer.Unknown(), Answer.Refused _ -> {
          close(session, CloseCodes.VIOLATED_POLICY, "The project is not yours any more.");
          return;
        }
      }
    }
  }

  /** Follows one generation to its end; false where the socket has been closed. */
  private boolean follow(Session session, Generation generation, UUID batchId)
      throws IOException, InterruptedException {
    if (!(sockets.status().look(batchId, key) instanceof StatusService.Lookup.Found)) {
      return true;
    }
    Optional<WatchedBatch> opened = sockets.batches().openStream(batchId);
    if (opened.isEmpty()) {
      close(session, CloseCodes.TRY_AGAIN_LATER, "This gateway follows as many batches as it can.");
      return false;
    }
    WatchedBatch batch = opened.get();
    try {
      return stream(session, new ProjectFeed(generation, batchId), batch);
    } finally {
      sockets.batches().closeStream(batch);
    }
  }

  private boolean stream(Session session, ProjectFeed feed, WatchedBatch batch)
      throws IOException, InterruptedException {
    StreamCursor cursor = resumed(session, feed, batch);
    while (!closed) {
      switch (batch.updateFrom(cursor)) {
        case StreamUpdate.Closed() -> {
          close(session, CloseCodes.TRY_AGAIN_LATER, "The client fell too far behind.");
          return false;
        }
        case StreamUpdate.Snapshot snapshot -> {
          send(session, feed.snapshot(snapshot));
          cursor = snapshot.cursor();
          if (snapshot.done()) {
            return true;
          }
        }
        case StreamUpdate.Delta delta -> {
          tell(session, feed, delta, false);
          cursor = delta.cursor();
          if (delta.done()) {
            return true;
          }
        }
        case StreamUpdate.Nothing nothing -> {
          if (nothing.done()) {
            return true;
          }
          ping(session);
        }
      }
      batch.awaitChange(cursor, untilPing());
    }
    return true;
  }

  /** Tells what a client that comes back has missed; nowhere, where it needs a snapshot. */
  private StreamCursor resumed(Session session, ProjectFeed feed, WatchedBatch batch)
      throws IOException, InterruptedException {
    ProjectPosition from = seen;
    seen = null;
    if (from == null
        || !from.batchId().equals(batch.batchId())
        || from.position().partition() != batch.partition()) {
      return StreamCursor.NOWHERE;
    }
    // why wait: another replica may have told the client more than this one has read yet
    long deadline = System.nanoTime() + CATCH_UP.toNanos();
    while (sockets.positions().of(batch.partition()) <= from.position().offset()) {
      if (closed || System.nanoTime() >= deadline) {
        return StreamCursor.NOWHERE;
      }
      batch.awaitFold(CATCH_UP_STEP.toNanos());
    }
    StreamCursor cursor = batch.resume(from.position());
    if (cursor == StreamCursor.NOWHERE
        || !(batch.updateFrom(StreamCursor.NOWHERE) instanceof StreamUpdate.Snapshot base)) {
      return StreamCursor.NOWHERE;
    }
    feed.begin(base.snapshot().steps());
    if (batch.updateFrom(cursor) instanceof StreamUpdate.Delta missed) {
      tell(session, feed, missed, true);
      return missed.cursor();
    }
    return cursor;
  }

  private void tell(Session session, ProjectFeed feed, StreamUpdate.Delta delta, boolean again)
      throws IOException {
    for (ProjectMessage message :
        feed.delta(delta.delta().steps(), delta.id(), delta.document().status(), again)) {
      send(session, message);
    }
  }

  private void send(Session session, ProjectMessage message) throws IOException {
    session.getBasicRemote().sendText(ContractJson.mapper().writeValueAsString(message));
    ping(session);
  }

  private void ping(Session session) throws IOException {
    if (untilPing().isZero()) {
      session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
      lastPing = System.nanoTime();
    }
  }

  private Duration untilPing() {
    Duration since = Duration.ofNanos(System.nanoTime() - lastPing);
    Duration left = sockets.properties().ping().minus(since);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private void pause(Session session) throws IOException, InterruptedException {
    TimeUnit.NANOSECONDS.sleep(sockets.properties().lookEvery().toNanos());
    ping(session);
  }

  private static void close(Session session, CloseCode code, String reason) {
    try {
      session.close(new CloseReason(code, reason));
    } catch (IOException | IllegalStateException gone) {
      log.debug("The socket was closed already", gone);
    }
  }
}
