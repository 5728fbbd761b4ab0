package dev.transom.task.prediction.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.backend.Caches;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.Workspace;
import dev.transom.api.model.OpenModel;
import dev.transom.api.task.Prediction.Predictor;
import dev.transom.graph.Node;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A loaded model. A row is read in steps over one cache, and each step gives the logits of those tokens only whose next token is
 * asked for, so that a long row never holds all of its logits.
 */
final class TokenPredictor implements Predictor {

    private final String model;
    private final ModelDefinition definition;
    private final Executable executable;
    private final Caches caches;
    private final Workspace workspace;
    private final Sizes sizes;
    private final Set<String> declared;
    private final String output;
    private final int vocabulary;
    private float[] logits = new float[0];

    /**
     * What it was planned for.
     *
     * @param context   tokens of a row
     * @param step      tokens of a step
     * @param blocks    blocks of the cache
     * @param blockSize positions of a block
     */
    record Sizes(int context, int step, int blocks, int blockSize) {
    }

    TokenPredictor(OpenModel model, Executable executable, Sizes sizes) {
        this.model = model.reference();
        this.definition = model.definition();
        this.executable = executable;
        this.sizes = sizes;
        this.caches = executable.caches(sizes.blocks());
        this.workspace = executable.workspace(caches);
        this.declared = executable.plan().graph().inputs().stream().map(Node::name).collect(Collectors.toUnmodifiableSet());
        this.output = definition.facts().head("lm").outputs().getFirst();
        this.vocabulary = definition.facts().vocabulary();
    }

    @Override
    public int context() {
        return sizes.context();
    }

    @Override
    public synchronized float[] logProbs(int[] ids, int from) {
        check(ids, from);
        float[] result = new float[ids.length - from];
        for (int start = 0; start < ids.length - 1; ) {
            // A prefix decoder reads its prefix whole.
            int size = Math.min(sizes.step(), ids.length - 1 - start);
            int wanted = Math.max(start, from - 1);
            step(ids, start, size, Math.min(wanted, start + size - 1));
            read(ids, result, from, wanted, start + size);
            start += size;
        }
        return result;
    }

    /** Runs tokens start … start + size − 1 and computes the logits of those from {@code first} on. */
    private void step(int[] ids, int start, int size, int first) {
        int[] positions = IntStream.range(start, start + size).toArray();
        ints(Inputs.TOKENS, Arrays.copyOfRange(ids, start, start + size));
        ints(Inputs.POSITIONS, positions);
        ints(Inputs.TOKEN_TYPES, new int[size]);
        ints(Inputs.SLOTS, positions);
        ints(Inputs.OFFSETS, 0, size);
        ints(Inputs.FIRST, 0);
        ints(Inputs.LAST, size - 1);
        ints(Inputs.LENGTHS, start + size);
        ints(Inputs.SELECTED, IntStream.range(first - start, size).toArray());
        if (declared.contains(Inputs.BLOCK_TABLES)) {
            workspace.setInts(Inputs.BLOCK_TABLES, IntStream.range(0, sizes.blocks()).toArray(), 1, sizes.blocks());
        }
        if (declared.contains(Inputs.ROPE_FREQUENCIES)) {
            double[] frequencies = definition.ropeFrequencies(ids.length).orElseThrow();
            workspace.setReals(Inputs.ROPE_FREQUENCIES, frequencies, 1, frequencies.length);
        }
        workspace.run();
    }

    private void read(int[] ids, float[] result, int from, int first, int end) {
        if (first >= end) {
            return;
        }
        int rows = workspace.shape(output)[0];
        if (logits.length < rows * vocabulary) {
            logits = new float[Math.multiplyExact(rows, vocabulary)];
        }
        workspace.readReals(output, logits);
        IntStream.range(first, end).parallel().forEach(at ->
            result[at + 1 - from] = logProb(logits, (rows - (end - at)) * vocabulary, ids[at + 1]));
        for (int at = first; at < end; at++) {
            if (Float.isNaN(result[at + 1 - from])) {
                throw new TransomException("model " + model + ": logits must be numbers; after " + (at + 1)
                    + " tokens of the row they are not. Check the weights, or load them in a wider type.");
            }
        }
    }

    /** ln softmax at one place, in float64: over a large vocabulary small terms add up. */
    private float logProb(float[] row, int start, int id) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < vocabulary; i++) {
            largest = Math.max(largest, row[start + i]);
        }
        double sum = 0;
        for (int i = 0; i < vocabulary; i++) {
            sum += Math.exp(row[start + i] - largest);
        }
        return (float) (row[start + id] - largest - Math.log(sum));
    }

    private void ints(String name, int... elements) {
        if (declared.contains(name)) {
            workspace.setInts(name, elements, elements.length);
        }
    }

    private void check(int[] ids, int from) {
        if (ids.length == 0 || ids.length > sizes.context()) {
            throw new TransomException("model " + model + ": a row must have 1 to " + sizes.context() + " tokens; got " + ids.length
                + ". Load it for a longer context, or cut the text.");
        }
        if (from < 1 || from > ids.length) {
            throw new IllegalArgumentException("logProbs: from must be 1 to " + ids.length + "; got " + from);
        }
        for (int id : ids) {
            if (id < 0 || id >= vocabulary) {
                throw new TransomException("model " + model + ": ids must be 0 to " + (vocabulary - 1) + "; got " + id
                    + ". Use the model's own tokenizer.");
            }
        }
    }

    @Override
    public synchronized void close() {
        workspace.close();
        caches.close();
        executable.close();
    }
}
