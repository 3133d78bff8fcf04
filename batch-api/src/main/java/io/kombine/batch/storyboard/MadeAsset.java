package io.kombine.batch.storyboard;

import io.kombine.contracts.ArtifactRef;
import java.util.UUID;

/** An output that was made for a sentence. */
record MadeAsset(UUID artifactId, ArtifactRef artifact) {}
