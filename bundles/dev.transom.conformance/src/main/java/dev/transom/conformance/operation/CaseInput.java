package dev.transom.conformance.operation;

import dev.transom.graph.CounterRandom;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Type;
import java.util.Map;

/** One input of a case: what a graph declares, and what a run is given. */
public sealed interface CaseInput {

    String name();

    /** The type as a graph declares it, with bounded dimensions. */
    Type declared();

    /** How random reals are drawn; a gradient is compared by small steps, which must not cross a kink or a pole. */
    enum Draw {
        /** Between −2 and 2. */
        AROUND_ZERO,
        /** Between 0.5 and 2. */
        POSITIVE,
        /** Between 0.25 and 2, of either sign. */
        AWAY_FROM_ZERO;

        double from(double uniform) {
            return switch (this) {
                case AROUND_ZERO -> 4 * uniform - 2;
                case POSITIVE -> 0.5 + 1.5 * uniform;
                case AWAY_FROM_ZERO -> uniform < 0.5 ? -0.25 - 3.5 * uniform : 0.25 + 3.5 * (uniform - 0.5);
            };
        }
    }

    /**
     * Random reals.
     *
     * @param differentiated whether the operation must give a gradient of this input; where not, it may give null
     */
    record Reals(String name, Type.TensorType declared, Draw draw, boolean differentiated) implements CaseInput {

        HostTensor at(Map<String, Long> sizes, int stream) {
            HostTensor tensor = HostTensor.zeros(OperationCase.actual(declared, sizes));
            for (int i = 0; i < tensor.reals().length; i++) {
                tensor.reals()[i] = draw.from(CounterRandom.uniform(OperationCase.SEED, stream, 0, i));
            }
            return tensor.rounded();
        }
    }

    /** Integers as given: ids, offsets, labels. */
    record Ints(String name, Type.TensorType declared, int... elements) implements CaseInput {
    }

    /** A cache of {@code slots} slots with random contents. */
    record Cache(Type.CacheType declared, int slots) implements CaseInput {

        @Override
        public String name() {
            return declared.name();
        }
    }
}
