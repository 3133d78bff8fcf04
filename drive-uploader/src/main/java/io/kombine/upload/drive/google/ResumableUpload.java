package io.kombine.upload.drive.google;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.services.drive.model.File;
import io.kombine.upload.drive.FileContent;
import io.kombine.upload.drive.NewFile;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of one upload session, sent in chunks from wherever Drive says that it is. A failure
 * ends it; whoever comes next asks how far it is and goes on.
 */
final class ResumableUpload {

  /** Chunks of which Drive keeps nothing, one after the other, before it is left alone. */
  private static final int MOST_IN_VAIN = 3;

  private static final int RESUME_INCOMPLETE = 308;

  /** What a session answers that Drive no longer knows, or whose state is not what it was. */
  private static final Set<Integer> OVER = Set.of(400, 404, 410, 412, 416);

  private static final Pattern KEPT = Pattern.compile("bytes=0-(\\d{1,18})");

  private final GoogleDriveClient client;
  private final String session;
  private final NewFile file;
  private final FileContent content;
  private final long chunkBytes;

  ResumableUpload(
      GoogleDriveClient client,
      String session,
      NewFile file,
      FileContent content,
      long chunkBytes) {
    this.client = client;
    this.session = session;
    this.file = file;
    this.content = content;
    this.chunkBytes = chunkBytes;
  }

  /** Sends all of it. */
  File send() throws IOException {
    return sendFrom(0);
  }

  /**
   * Goes on with it.
   *
   * @return nothing when Drive knows no such session any more
   */
  Optional<File> resume() throws IOException {
    try {
      long kept;
      try {
        return Optional.of(client.put(session, null, "bytes */" + file.bytes()));
      } catch (GoogleJsonResponseException e) {
        kept = kept(e);
      }
      return Optional.of(sendFrom(kept));
    } catch (GoogleJsonResponseException e) {
      if (OVER.contains(e.getStatusCode())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private File sendFrom(long first) throws IOException {
    long offset = first;
    int inVain = 0;
    while (true) {
      long length = Math.min(chunkBytes, file.bytes() - offset);
      String range =
          length == 0
              ? "bytes */" + file.bytes()
              : "bytes %d-%d/%d".formatted(offset, offset + length - 1, file.bytes());
      long kept;
      try {
        return client.put(
            session, length == 0 ? null : new FilePart(content, offset, length), range);
      } catch (GoogleJsonResponseException e) {
        kept = kept(e);
      }
      inVain = kept > offset ? 0 : inVain + 1;
      if (inVain == MOST_IN_VAIN || kept > file.bytes()) {
        throw new IOException("Drive keeps nothing of what is sent");
      }
      offset = kept;
    }
  }

  /** How many bytes Drive has, where it wants more. */
  private static long kept(GoogleJsonResponseException answer) throws IOException {
    if (answer.getStatusCode() != RESUME_INCOMPLETE) {
      throw answer;
    }
    String range = answer.getHeaders().getRange();
    if (range == null) {
      return 0;
    }
    Matcher kept = KEPT.matcher(range);
    if (!kept.matches()) {
      throw new IOException("Drive says in no known way how far an upload is");
    }
    return Long.parseLong(kept.group(1)) + 1;
  }
}
