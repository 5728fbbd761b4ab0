package dev.transom.api.backend;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One run at a time: set all inputs of the graph, run, read outputs. Buffers stay the backend's; arrays are copied. Used by one
 * thread at a time, and without allocation after the first run of a size.
 */
@ConsumerType
public interface Workspace extends AutoCloseable {

    /** Sets an I32 input: the first product(shape) elements of {@code data}. */
    void setInts(String input, int[] data, int... shape);

    /** Sets an F32 input. */
    void setReals(String input, float[] data, int... shape);

    /** Sets an F32 input; the oracle keeps the precision, others round. */
    void setReals(String input, double[] data, int... shape);

    /**
     * Runs the graph with the inputs set.
     *
     * @throws DeviceLostException when the device is gone; the workspace is then useless
     */
    void run();

    /** Runs without waiting; the workspace is not to be touched before the stage is complete. */
    default CompletionStage<Void> submit() {
        return CompletableFuture.runAsync(this::run);
    }

    /** Actual sizes of an output of the last run; the array is the workspace's own until the next run. */
    int[] shape(String output);

    /** Copies an F32 output of the last run. */
    void readReals(String output, float[] into);

    /** Copies an F32 output of the last run in full precision. */
    void readReals(String output, double[] into);

    @Override
    void close();
}
