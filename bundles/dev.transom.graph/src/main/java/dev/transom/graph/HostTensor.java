package dev.transom.graph;

import java.util.Arrays;

/**
 * A tensor in plain arrays, row-major, as the reference run takes and gives it. The arrays are shared, not copied.
 *
 * @param type  which of the arrays holds the elements
 * @param shape actual sizes, slowest first; empty for a scalar
 * @param reals elements of an F32 tensor; of length zero for I32
 * @param ints  elements of an I32 tensor; of length zero for F32
 */
public record HostTensor(ElementType type, long[] shape, double[] reals, int[] ints) {

    private static final double[] NO_REALS = {};
    private static final int[] NO_INTS = {};

    public HostTensor {
        long elements = 1;
        for (long size : shape) {
            elements = Math.multiplyExact(elements, size);
        }
        int given = type == ElementType.F32 ? reals.length : ints.length;
        Rules.require(given == elements, "host tensor: elements must fill the shape " + Arrays.toString(shape), given);
    }

    public static HostTensor ofReals(double[] elements, long... shape) {
        return new HostTensor(ElementType.F32, shape, elements, NO_INTS);
    }

    public static HostTensor ofFloats(float[] elements, long... shape) {
        double[] reals = new double[elements.length];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = elements[i];
        }
        return ofReals(reals, shape);
    }

    public static HostTensor ofInts(int[] elements, long... shape) {
        return new HostTensor(ElementType.I32, shape, NO_REALS, elements);
    }

    /** A tensor of zeros of a type whose dimensions are all taken at their maximum. */
    public static HostTensor zeros(Type.TensorType type) {
        int elements = Math.toIntExact(type.shape().maxElements());
        return type.element() == ElementType.F32
            ? ofReals(new double[elements], type.shape().maxSizes())
            : ofInts(new int[elements], type.shape().maxSizes());
    }

    /** The type with fixed dimensions. */
    public Type.TensorType tensorType() {
        return new Type.TensorType(type, Shape.of(shape));
    }

    /** The reals as float32. */
    public float[] floats() {
        float[] floats = new float[reals.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) reals[i];
        }
        return floats;
    }

    /** This tensor with every real rounded to float32; itself where nothing changes. */
    public HostTensor rounded() {
        for (int i = 0; i < reals.length; i++) {
            if (reals[i] != (float) reals[i]) {
                double[] copy = reals.clone();
                for (int j = i; j < copy.length; j++) {
                    copy[j] = (float) copy[j];
                }
                return ofReals(copy, shape);
            }
        }
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostTensor(ElementType t, long[] s, double[] r, int[] i)
            && type == t && Arrays.equals(shape, s) && Arrays.equals(reals, r) && Arrays.equals(ints, i);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(shape) * 31 + Arrays.hashCode(reals) + Arrays.hashCode(ints);
    }

    @Override
    public String toString() {
        return type + Arrays.toString(shape);
    }
}
