package dev.transom.graph;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The data of one node for its reference kernel. Arrays are row-major and exactly as long as the shape says; reals are always
 * {@code double}, and the caller rounds outputs to float32 where the run is in float32.
 */
@ProviderType
public interface ReferenceArguments {

    Attributes attributes();

    int inputs();

    /** Actual sizes of input {@code index}, a tensor. */
    int[] shape(int index);

    /** Elements of input {@code index}, an F32 tensor; not to be written. */
    double[] reals(int index);

    /** Elements of input {@code index}, an I32 tensor; not to be written. */
    int[] ints(int index);

    /** Cache at input {@code index}, read and appended to in place. */
    ReferenceCache cache(int index);

    /** Actual sizes of output {@code index}. */
    int[] outShape(int index);

    /** Elements of output {@code index}, zero at first. */
    double[] outReals(int index);

    int[] outInts(int index);

    /** Actual input types, all dimensions fixed. */
    List<Type> types();

    /** Keys {@code [slots, kvHeads, keyDim]} and values {@code [slots, kvHeads, valueDim]} of one layer. */
    record ReferenceCache(Type.CacheType type, double[] keys, double[] values) {
    }
}
