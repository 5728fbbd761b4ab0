package dev.transom.nn;

import dev.transom.graph.Value;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How a model knows the order of tokens: added to embeddings, turning queries and keys, or lowering scores.
 * Implemented by records.
 */
@ConsumerType
public interface Position {

    /** Embedding rows {@code [tokens, width]} with positions, if they are added. */
    default Value embed(Net net, Side side, Value x) {
        return x;
    }

    /** Queries or keys of self-attention {@code [tokens, heads, dim]}, turned by their positions. */
    default Value rotate(Net net, Side side, Value x) {
        return x;
    }

    /** How much a score falls with distance, for each head. */
    default double[] slopes(int heads) {
        return new double[heads];
    }

    /** Inverse frequencies for rows of {@code length} positions, where queries and keys are turned. */
    default Optional<double[]> frequencies(int length) {
        return Optional.empty();
    }

    /** As people write it: RoPE, ALiBi. */
    String label();

    /** No positions of its own. */
    record None() implements Position {
        @Override
        public String label() {
            return "no positions";
        }
    }

    /**
     * Sines and cosines added to embeddings. Vaswani et al. 2017.
     *
     * @param layout interleaved (as the paper) or halves (all sines, then all cosines, as Marian)
     */
    record Sinusoidal(String layout) implements Position {

        @Override
        public Value embed(Net net, Side side, Value x) {
            return net.g().add(x, net.g().sinusoid(side.positions(), x.shape().last().max(), layout));
        }

        @Override
        public String label() {
            return "sinusoidal positions";
        }
    }

    /**
     * A learned row for each position, added to embeddings. Where a checkpoint's table begins with rows that no position reads
     * (BART, RoBERTa), its binding cuts them off.
     *
     * @param table whole name of the table, shared by all that name it
     * @param rows  positions
     */
    record Learned(String table, int rows) implements Position {

        public Learned(int rows) {
            this("position", rows);
        }

        @Override
        public Value embed(Net net, Side side, Value x) {
            Value weight = net.shared(table + ".weight", rows, x.shape().last().max());
            return net.g().add(x, net.g().gather(weight, side.positions()));
        }

        @Override
        public String label() {
            return "learned positions";
        }
    }

    /**
     * A RoPE beside the recipe's own, for some of its layers: frequencies that no row changes, so they are constants of the graph.
     * Gemma 3's local layers turn so.
     *
     * @param rope turns as many elements as the recipe's, by frequencies that do not depend on a row's length
     */
    record FixedRope(Rope rope) implements Position {

        @Override
        public Value rotate(Net net, Side side, Value x) {
            return net.g().rope(x, side.fixedRopeTable(rope), rope.layout());
        }

        @Override
        public String label() {
            return rope.label();
        }
    }

    /** Scores fall linearly with distance. Press et al. 2022. */
    record Alibi() implements Position {

        @Override
        public double[] slopes(int heads) {
            int power = Integer.highestOneBit(heads);
            double[] slopes = new double[heads];
            for (int head = 0; head < heads; head++) {
                // Beyond the largest power of two: every other slope of the next power.
                slopes[head] = head < power
                    ? Math.pow(2, -8.0 * (head + 1) / power)
                    : Math.pow(2, -8.0 * (2 * (head - power) + 1) / (2 * power));
            }
            return slopes;
        }

        @Override
        public String label() {
            return "ALiBi";
        }
    }

    /**
     * ALiBi with the slopes in MPT's order: where heads are not a power of two, every other slope of the next power from the
     * second on, then the rest. MosaicML's llm-foundry.
     *
     * @param most the exponent of the last slope of a power of two, 8 in the paper
     */
    record NextPowerAlibi(double most) implements Position {

        @Override
        public double[] slopes(int heads) {
            int power = heads <= 1 ? 1 : Integer.highestOneBit(heads - 1) << 1;
            double[] slopes = new double[heads];
            for (int head = 0; head < heads; head++) {
                int step = power == heads ? head : head < power / 2 ? 2 * head + 1 : 2 * (head - power / 2);
                slopes[head] = Math.pow(2, -most * (step + 1) / power);
            }
            return slopes;
        }

        @Override
        public String label() {
            return "ALiBi";
        }
    }
}
