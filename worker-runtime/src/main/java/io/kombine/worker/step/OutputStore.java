package io.kombine.worker.step;

import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepOutput;
import io.kombine.worker.artifact.ArtifactStore;
import io.kombine.worker.artifact.ImageArtifacts;
import io.kombine.worker.provider.CallInput;
import io.kombine.worker.provider.ProducedOutput;
import io.kombine.worker.provider.ProducedOutput.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes calls' inputs from the artifact store and puts their outputs there. Thread-safe. */
final class OutputStore {

  private final ArtifactStore store;
  private final ImageArtifacts images;

  OutputStore(ArtifactStore store, ImageArtifacts images) {
    this.store = store;
    this.images = images;
  }

  /**
   * @throws io.kombine.worker.artifact.ArtifactNotFoundException when an input is gone
   */
  List<CallInput> inputs(RunStep step) throws IOException {
    List<CallInput> inputs = new ArrayList<>();
    for (StepInput input : step.inputs()) {
      ArtifactRef artifact = input.artifact();
      if (artifact == null) {
        throw new IOException("an input waits for an output of its parent");
      }
      store.size(artifact.sha256());
      inputs.add(new CallInput(input.role(), artifact, () -> store.open(artifact.sha256())));
    }
    return inputs;
  }

  /**
   * Stores outputs; the files of those that came in files are gone afterwards.
   *
   * @throws io.kombine.worker.artifact.ImageRefusedException when an image is none
   */
  List<StepOutput> put(List<ProducedOutput> produced) throws IOException {
    List<StepOutput> outputs = new ArrayList<>();
    for (int i = 0; i < produced.size(); i++) {
      outputs.add(new StepOutput(i, put(produced.get(i))));
    }
    return outputs;
  }

  void putReceipt(RunStep step, Receipt receipt) throws IOException {
    store.putReceipt(step.stepId(), step.epoch(), ContractJson.mapper().writeValueAsBytes(receipt));
  }

  /** The receipt of the latest epoch that has one, among those no end was applied of. */
  Optional<Receipt> findReceipt(RunStep step) throws IOException {
    for (int epoch = step.epoch(); epoch > step.settledEpoch(); epoch--) {
      Optional<byte[]> found = store.findReceipt(step.stepId(), epoch);
      if (found.isPresent()) {
        return Optional.of(ContractJson.mapper().readValue(found.get(), Receipt.class));
      }
    }
    return Optional.empty();
  }

  private ArtifactRef put(ProducedOutput output) throws IOException {
    return switch (output.content()) {
      case Content.Bytes bytes ->
          isImage(output)
              ? images.put(bytes.value())
              : described(store.put(bytes.value(), output.mediaType()), output);
      case Content.TemporaryFile file -> {
        ArtifactRef stored =
            isImage(output)
                ? images.put(file.path())
                : described(store.put(file.path(), output.mediaType()), output);
        Files.deleteIfExists(file.path());
        yield stored;
      }
    };
  }

  private ArtifactRef described(ArtifactRef stored, ProducedOutput output) throws IOException {
    byte[] thumbnail = output.thumbnail();
    return new ArtifactRef(
        stored.sha256(),
        stored.mediaType(),
        stored.bytes(),
        output.widthPx(),
        output.heightPx(),
        output.seconds(),
        // why the thumbnail's thumbnail: it is a picture of any size, scaled down where it is
        // stored
        thumbnail == null ? null : images.put(thumbnail).thumbnailSha256());
  }

  private static boolean isImage(ProducedOutput output) {
    return output.mediaType().startsWith("image/");
  }
}
