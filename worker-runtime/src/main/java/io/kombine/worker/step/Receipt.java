package io.kombine.worker.step;

import io.kombine.contracts.Money;
import io.kombine.contracts.StepOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is written into the artifact store once a call's outputs are there: enough to settle the
 * step without another call, should the process end before it does.
 */
record Receipt(List<StepOutput> outputs, @Nullable Money cost) {}
