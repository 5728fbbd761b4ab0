package dev.transom.api.kernel;

import java.lang.foreign.MemorySegment;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where a node's data lies in this run. Tensors are contiguous, row-major, little-endian, in native memory; activations start at
 * multiples of 64 bytes, mapped weights wherever their file puts them. Valid during one {@link Kernel#run}.
 */
@ProviderType
public interface KernelArguments {

    /** All of native memory, to be addressed by the {@code …Address} methods: as fast as arrays, and as unchecked. */
    MemorySegment memory();

    long inputAddress(int input);

    long outputAddress(int output);

    /** Actual size of one axis of an input tensor. */
    int dim(int input, int axis);

    int rank(int input);

    /** Actual elements of an input tensor. */
    long elements(int input);

    /** Actual size of one axis of an output tensor. */
    int outputDim(int output, int axis);

    long outputElements(int output);

    /** Keys {@code [slots, kvHeads, keyDim]} of the cache at an input. */
    long keysAddress(int input);

    /** Values {@code [slots, kvHeads, valueDim]} of the cache at an input. */
    long valuesAddress(int input);

    /** Slots of the cache at an input: what a slot or a block table may name lies below. */
    int slots(int input);

    /** Scratch of one thread, {@link Kernel#scratchBytes} long, 64-byte aligned. */
    long scratchAddress(int thread);

    /** Scratch shared by all threads, {@link Kernel#sharedScratchBytes} long, 64-byte aligned. */
    long sharedScratchAddress();
}
