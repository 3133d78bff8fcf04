package io.kombine.batch.model;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;

/** Batches by id and by what clients filter for. */
public interface BatchRepository
    extends JpaRepository<Batch, UUID>, JpaSpecificationExecutor<Batch> {

  Optional<Batch> findByIdAndOwner(UUID id, String owner);
}
