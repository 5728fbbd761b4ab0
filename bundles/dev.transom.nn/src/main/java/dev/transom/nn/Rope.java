package dev.transom.nn;

import dev.transom.graph.Value;
import java.util.Optional;

/**
 * Queries and keys turned by angles position · frequency; frequency i = theta^(−2i/dim), then scaled. Su et al.
 * 2021, "RoFormer".
 *
 * @param dim     elements of a head that are turned, even; the rest passes
 * @param theta   base of the frequencies
 * @param layout  halves (element i with i + dim/2) or interleaved (2i with 2i + 1)
 * @param scaling how frequencies are changed for longer rows
 */
public record Rope(int dim, double theta, String layout, RopeScaling scaling) implements Position {

    public Rope {
        if (dim <= 0 || dim % 2 != 0) {
            throw new IllegalArgumentException("rope: dim must be even and positive; got " + dim + ".");
        }
    }

    /** All {@code dim} elements of a head in halves, without scaling. */
    public static Rope of(int dim, double theta) {
        return new Rope(dim, theta, "halves", new RopeScaling.None());
    }

    public int half() {
        return dim / 2;
    }

    @Override
    public Value rotate(Net net, Side side, Value x) {
        return net.g().rope(x, side.ropeTable(this), layout);
    }

    @Override
    public Optional<double[]> frequencies(int length) {
        return Optional.of(scaling.frequencies(dim, theta, length));
    }

    @Override
    public String label() {
        return "RoPE" + scaling.label();
    }
}
