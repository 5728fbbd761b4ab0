package dev.transom.graph;

import java.util.Objects;

/** One dimension of a shape: a fixed size, or a bounded one that is compiled for its maximum and run with the actual size. */
public sealed interface Dim {

    /** The largest size this dimension can have. */
    long max();

    /** A dimension of {@code size} elements, zero allowed. */
    static Dim of(long size) {
        return new Fixed(size);
    }

    /** A dimension called {@code name} of at most {@code max} elements; equal names mean equal sizes in one run. */
    static Dim bounded(String name, long max) {
        return new Bounded(name, max);
    }

    /** The sum of two dimensions, as concatenation makes it. */
    default Dim plus(Dim other) {
        if (this instanceof Fixed(long a) && other instanceof Fixed(long b)) {
            return new Fixed(a + b);
        }
        return new Bounded(label() + "+" + other.label(), Math.addExact(max(), other.max()));
    }

    /** The name of a bounded dimension, the digits of a fixed one. */
    String label();

    /** A size known when the graph is built. */
    record Fixed(long size) implements Dim {
        public Fixed {
            if (size < 0) {
                throw new IllegalArgumentException("a dimension must not be negative; got " + size + ".");
            }
        }

        @Override
        public long max() {
            return size;
        }

        @Override
        public String label() {
            return Long.toString(size);
        }

        @Override
        public String toString() {
            return label();
        }
    }

    /** A size known only when the graph is run. */
    record Bounded(String name, long max) implements Dim {
        public Bounded {
            Objects.requireNonNull(name);
            if (max < 0) {
                throw new IllegalArgumentException("dimension " + name + " must not be negative; got " + max + ".");
            }
        }

        @Override
        public String label() {
            return name;
        }

        @Override
        public String toString() {
            return name + "≤" + max;
        }
    }
}
