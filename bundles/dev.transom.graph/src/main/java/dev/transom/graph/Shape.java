package dev.transom.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The dimensions of a tensor, slowest first; a scalar has none. */
public record Shape(List<Dim> dims) {

    public Shape {
        dims = List.copyOf(dims);
    }

    public static Shape of(Dim... dims) {
        return new Shape(Arrays.asList(dims));
    }

    public static Shape of(long... sizes) {
        List<Dim> dims = new ArrayList<>(sizes.length);
        for (long size : sizes) {
            dims.add(Dim.of(size));
        }
        return new Shape(dims);
    }

    public int rank() {
        return dims.size();
    }

    /** Dimension {@code axis}; negative axes count from the end. */
    public Dim dim(int axis) {
        return dims.get(axis < 0 ? axis + dims.size() : axis);
    }

    public Dim last() {
        return dim(-1);
    }

    /** The product of the dimensions' maxima. */
    public long maxElements() {
        long product = 1;
        for (Dim dim : dims) {
            product = Math.multiplyExact(product, dim.max());
        }
        return product;
    }

    /** The maxima of all dimensions. */
    public long[] maxSizes() {
        return dims.stream().mapToLong(Dim::max).toArray();
    }

    /** This shape with dimension {@code axis} replaced. */
    public Shape with(int axis, Dim dim) {
        List<Dim> changed = new ArrayList<>(dims);
        changed.set(axis < 0 ? axis + dims.size() : axis, dim);
        return new Shape(changed);
    }

    /** Dimensions {@code from} (inclusive) to {@code to} (exclusive). */
    public Shape sub(int from, int to) {
        return new Shape(dims.subList(from, to));
    }

    /** This shape followed by the dimensions of {@code other}. */
    public Shape then(Shape other) {
        List<Dim> joined = new ArrayList<>(dims);
        joined.addAll(other.dims);
        return new Shape(joined);
    }

    @Override
    public String toString() {
        return dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
