/** The manifest of a batch that has run: lineage, prompts, costs and hashes as one JSON file. */
@NullMarked
package io.kombine.batch.manifest;

import org.jspecify.annotations.NullMarked;
