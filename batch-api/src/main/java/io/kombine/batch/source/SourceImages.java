package io.kombine.batch.source;

import io.kombine.batch.artifact.OwnedArtifact;
import io.kombine.batch.artifact.OwnedArtifacts;
import io.kombine.batch.artifact.fetch.FetchRefusedException;
import io.kombine.batch.artifact.fetch.ImageFetcher;
import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemType;
import io.kombine.contracts.ArtifactRef;
import io.kombine.worker.artifact.ArtifactTooLargeException;
import io.kombine.worker.artifact.DecodingBusyException;
import io.kombine.worker.artifact.ImageArtifacts;
import io.kombine.worker.artifact.ImageRefusedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.stereotype.Service;

/**
 * Turns the URLs of a request into images. All that are wrong are reported at once, by field, and
 * then nothing is registered for the owner.
 */
@Service
public class SourceImages {

  private final OwnedArtifacts artifacts;
  private final ImageFetcher fetcher;
  private final ImageArtifacts images;

  SourceImages(OwnedArtifacts artifacts, ImageFetcher fetcher, ImageArtifacts images) {
    this.artifacts = artifacts;
    this.fetcher = fetcher;
    this.images = images;
  }

  /**
   * Looks at the URLs without fetching any: what a price can be told from.
   *
   * @param field name of the list, for problems such as {@code source_images[2]}
   */
  public List<SourceImage> describe(String owner, String field, List<String> urls) {
    return describe(owner, SourceField.of(field, urls));
  }

  /** The same of URLs from all over a request. */
  public List<SourceImage> describe(String owner, List<SourceField> sources) {
    return known(owner, sources).stream().map(Known::image).toList();
  }

  /**
   * Makes artifacts of all: the owner's own are looked up, others fetched in parallel, each address
   * once. Blocks for as long as {@code kombine.fetch.timeout} and longer in a queue.
   */
  public List<SourceImage> resolve(String owner, String field, List<String> urls)
      throws IOException {
    return resolve(owner, SourceField.of(field, urls));
  }

  /** The same of URLs from all over a request. */
  public List<SourceImage> resolve(String owner, List<SourceField> sources) throws IOException {
    List<Known> known = known(owner, sources);
    Map<URI, ArtifactRef> fetched = fetchAll(known);
    List<SourceImage> resolved = new ArrayList<>();
    for (Known source : known) {
      SourceImage image = source.image();
      if (image.artifact() == null) {
        ArtifactRef artifact = Objects.requireNonNull(fetched.get(source.url().uri()));
        artifacts.register(owner, artifact, image.name());
        image = new SourceImage(image.url(), image.name(), artifact);
      }
      resolved.add(image);
    }
    return resolved;
  }

  private record Known(String field, SourceUrl url, SourceImage image) {}

  private List<Known> known(String owner, List<SourceField> sources) {
    FieldProblems problems = new FieldProblems();
    List<Known> known = new ArrayList<>();
    Map<UUID, Optional<OwnedArtifact>> found = new HashMap<>();
    for (SourceField source : sources) {
      Optional<SourceUrl> url = SourceUrl.of(source.url());
      if (url.isEmpty()) {
        problems.add(
            source.field(),
            "must be an http or https URL without credentials, or the url of an upload");
        continue;
      }
      Optional<OwnedArtifact> own =
          url.get()
              .artifactId()
              .flatMap(id -> found.computeIfAbsent(id, each -> artifacts.find(owner, each)));
      if (own.isEmpty() && url.get().isPath()) {
        problems.add(source.field(), "names no artifact of yours");
      } else if (own.isPresent() && !isImage(own.get().artifact())) {
        problems.add(source.field(), "names an artifact that is not an image");
      } else {
        known.add(new Known(source.field(), url.get(), image(url.get(), own)));
      }
    }
    problems.throwIfAny(ProblemType.UNUSABLE_SOURCE);
    return known;
  }

  private static SourceImage image(SourceUrl url, Optional<OwnedArtifact> own) {
    String name =
        own.map(OwnedArtifact::name).orElseGet(() -> own.isPresent() ? "source" : url.fileName());
    return new SourceImage(url.shown(), name, own.map(OwnedArtifact::artifact).orElse(null));
  }

  private static boolean isImage(ArtifactRef artifact) {
    return artifact.mediaType().startsWith("image/");
  }

  private Map<URI, ArtifactRef> fetchAll(List<Known> known) throws IOException {
    Map<URI, Future<ArtifactRef>> tasks = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Known source : known) {
        if (source.image().artifact() == null) {
          tasks.computeIfAbsent(source.url().uri(), uri -> threads.submit(fetch(uri)));
        }
      }
    }
    FieldProblems problems = new FieldProblems();
    Map<URI, ArtifactRef> fetched = new LinkedHashMap<>();
    for (Known source : known) {
      URI uri = source.url().uri();
      Future<ArtifactRef> task = tasks.get(uri);
      if (task == null) {
        continue;
      }
      if (task.state() == Future.State.SUCCESS) {
        fetched.put(uri, task.resultNow());
      } else {
        problems.add(source.field(), reason(task.exceptionNow()));
      }
    }
    problems.throwIfAny(ProblemType.UNUSABLE_SOURCE);
    return fetched;
  }

  private Callable<ArtifactRef> fetch(URI uri) {
    return () -> {
      Path file = Files.createTempFile("source", null);
      try {
        fetcher.fetch(uri, file);
        return images.put(file);
      } finally {
        Files.deleteIfExists(file);
      }
    };
  }

  private static String reason(Throwable failure) throws IOException {
    return switch (failure) {
      case FetchRefusedException refused -> refused.sentence();
      case ImageRefusedException refused -> refused.refusal().reason();
      case ArtifactTooLargeException large -> "is larger than " + large.limitBytes() + " bytes";
      case DecodingBusyException busy -> throw busy;
      case IOException broken -> throw broken;
      default ->
          throw new IllegalStateException(
              "A source could not be taken for no known reason", failure);
    };
  }
}
