package dev.transom.task.embedding.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.RaggedBatch;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.Workspace;
import dev.transom.api.model.OpenModel;
import dev.transom.api.task.Embedding.Embedder;
import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.api.tokenizer.Encoding;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.api.tokenizer.Truncation;
import dev.transom.graph.ElementType;
import dev.transom.graph.HostTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A loaded model; texts share steps up to the limits that it was planned for. One call runs at a time, others wait. */
final class SentenceEmbedder implements Embedder {

    private static final String OUTPUT = "last_hidden_state";

    private final SentenceModules modules;
    private final ModelDefinition definition;
    private final Tokenizer tokenizer;
    private final Executable executable;
    private final Workspace workspace;
    private final String model;
    private final int width;
    private final int maxTokens;
    private final int maxRows;
    private float[] hidden = new float[0];

    SentenceEmbedder(OpenModel model, SentenceModules modules, Executable executable, int maxTokens, int maxRows) {
        this.model = model.reference();
        this.modules = modules;
        this.definition = model.definition();
        this.tokenizer = model.tokenizer();
        this.executable = executable;
        this.workspace = executable.workspace(null);
        this.width = definition.facts().hidden();
        this.maxTokens = maxTokens;
        this.maxRows = maxRows;
    }

    @Override
    public int dimension() {
        return modules.pooling().size() * width;
    }

    @Override
    public synchronized List<float[]> embed(List<String> texts) {
        EncodeOptions options = EncodeOptions.WITH_SPECIAL_TOKENS.truncated(Truncation.to(modules.maxLength()));
        List<Encoding> encodings = tokenizer.encodeBatch(texts.stream().map(modules::prepared).toList(), options);
        List<float[]> vectors = new ArrayList<>(texts.size());
        int from = 0;
        while (from < encodings.size()) {
            int to = from;
            int tokens = 0;
            while (to < encodings.size() && to - from < maxRows && tokens + length(encodings, to) <= maxTokens) {
                tokens += encodings.get(to++).length();
            }
            step(encodings.subList(from, to), vectors);
            from = to;
        }
        return vectors;
    }

    private int length(List<Encoding> encodings, int index) {
        int[] ids = encodings.get(index).ids();
        if (ids.length == 0) {
            throw new TransomException("model " + model + ": a text must have at least one token; text " + (index + 1)
                + " has none. Leave it out.");
        }
        int vocabulary = definition.facts().vocabulary();
        for (int at = 0; at < ids.length; at++) {
            if (ids[at] >= vocabulary) {
                throw new TransomException("model " + model + ": ids of a text must be 0 to " + (vocabulary - 1) + "; text "
                    + (index + 1) + " has " + ids[at] + " at " + at + ". Use the model's own tokenizer.");
            }
        }
        return ids.length;
    }

    private void step(List<Encoding> encodings, List<float[]> vectors) {
        RaggedBatch batch = new RaggedBatch(encodings.stream().map(Encoding::ids).toList(),
            encodings.stream().map(Encoding::typeIds).toList(), List.of());
        batch.inputs(definition, executable.plan().graph(), "").forEach(this::set);
        workspace.run();
        if (hidden.length < batch.tokens() * width) {
            hidden = new float[batch.tokens() * width];
        }
        workspace.readReals(OUTPUT, hidden);
        int[] offsets = batch.offsets();
        for (int row = 0; row < encodings.size(); row++) {
            float[] vector = modules.vector(hidden, offsets[row] * width, offsets[row + 1] - offsets[row], width);
            for (float element : vector) {
                if (!Float.isFinite(element)) {
                    throw new TransomException("model " + model + ": embeddings must be numbers; that of text " + (vectors.size() + 1)
                        + " holds " + element + ". Check the weights, or load them in a wider type.");
                }
            }
            vectors.add(vector);
        }
    }

    private void set(String name, HostTensor tensor) {
        int[] shape = Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray();
        if (tensor.type() == ElementType.I32) {
            workspace.setInts(name, tensor.ints(), shape);
        } else {
            workspace.setReals(name, tensor.reals(), shape);
        }
    }

    @Override
    public synchronized void close() {
        workspace.close();
        executable.close();
    }
}
