package dev.transom.engine.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.backend.DeviceLostException;
import dev.transom.api.backend.Workspace;
import dev.transom.api.engine.Generation.Finish;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One step: gathers the inputs of rows, runs the graph, gives each row whose logits were wanted its next token. All arrays are made
 * once. Belongs to one thread.
 */
final class StepRunner implements AutoCloseable {

    private final String model;
    private final StepLimits limits;
    private final Workspace workspace;
    private final String logitsName;
    private final int vocabulary;
    private final RopeFrequencies rope;
    private final StepSide target;
    private final StepSide source;
    private final TokenChooser chooser;
    private final Row[] rows;
    private final int[] selected;
    private final int[] selectedShape = new int[1];
    private final boolean selects;
    private final boolean hasSource;
    private float[] logits = new float[0];
    private int rowCount;
    private int selectedCount;

    StepRunner(String model, ModelDefinition definition, Graph graph, Workspace workspace, StepLimits limits) {
        this.model = model;
        this.limits = limits;
        this.workspace = workspace;
        this.vocabulary = definition.facts().vocabulary();
        this.logitsName = definition.facts().head("lm").outputs().getFirst();
        this.rope = new RopeFrequencies(definition, limits.context());
        Set<String> declared = graph.inputs().stream().map(Node::name).collect(Collectors.toUnmodifiableSet());
        this.target = new StepSide(declared, "", limits, limits.tokens(), rope);
        this.source = new StepSide(declared, Inputs.SOURCE, limits, limits.source(), rope);
        this.chooser = new TokenChooser(vocabulary);
        this.rows = new Row[limits.rows()];
        this.selected = new int[limits.rows()];
        this.selects = declared.contains(Inputs.SELECTED);
        this.hasSource = declared.stream().anyMatch(name -> name.startsWith(Inputs.SOURCE));
        for (String name : declared) {
            if (!name.equals(Inputs.SELECTED) && !target.fills(name) && !source.fills(name)) {
                throw new IllegalStateException("graph of " + model + ": inputs must be those of generation; got " + name + ".");
            }
        }
    }

    /** Length up to which all rows have the same RoPE frequencies. */
    int shareable() {
        return rope.stable();
    }

    /** Length beyond which a row that was shorter is read again, see {@link RopeFrequencies#turn}. */
    int turn() {
        return rope.turn();
    }

    void begin() {
        target.begin();
        source.begin();
        rowCount = 0;
        selectedCount = 0;
    }

    /** Tokens that the step still takes. */
    int room() {
        return limits.tokens() - target.tokenCount();
    }

    /** Source tokens that the step still takes. */
    int sourceRoom() {
        return limits.source() - source.tokenCount();
    }

    /** Adds the next {@code tokens} tokens of a row; its blocks hold them already. */
    void add(Row row, int tokens) {
        int known = row.length();
        target.add(row, row.cached, tokens, known);
        if (hasSource) {
            int length = row.request.source.length;
            int from = row.sourceRead ? length : 0;
            source.addSource(row, from, length - from);
        }
        row.stepped = true;
        row.stepTokens = tokens;
        row.selected = -1;
        if (row.cached + tokens == known) {
            row.selected = selectedCount;
            selected[selectedCount++] = target.tokenCount() - 1;
        }
        rows[rowCount++] = row;
    }

    /** Runs the step and hands out tokens. */
    void run() {
        if (selectedCount == 0) {
            // No backend need know what zero selected tokens mean.
            selected[selectedCount++] = target.tokenCount() - 1;
        }
        target.send(workspace);
        source.send(workspace);
        selectedShape[0] = selectedCount;
        if (selects) {
            workspace.setInts(Inputs.SELECTED, selected, selectedShape);
        }
        workspace.run();
        if (logits.length < selectedCount * vocabulary) {
            logits = new float[Math.multiplyExact(selectedCount, vocabulary)];
        }
        workspace.readReals(logitsName, logits);
        for (int i = 0; i < rowCount; i++) {
            advance(rows[i]);
            rows[i] = null;
        }
    }

    private void advance(Row row) {
        row.cached += row.stepTokens;
        row.stepTokens = 0;
        row.sourceRead = true;
        if (row.selected < 0) {
            return;
        }
        Request request = row.request;
        int from = row.selected * vocabulary;
        int id;
        try {
            id = chooser.choose(logits, from, request);
        } catch (RuntimeException broken) {
            // A plugin's sampling step must not end the rows of others.
            request.end(Finish.FAILED, new TransomException("model " + model + ": sampling steps must run; one stopped with "
                + broken + ". Leave its option out.", broken));
            return;
        }
        if (id == TokenChooser.NONE) {
            request.end(Finish.FAILED, new TransomException("model " + model + ": logits must be numbers; after "
                + request.length() + " tokens of the row they are " + TokenChooser.fault(logits, from, vocabulary)
                + ". Check the weights, or load them in a wider type."));
        } else if (id == TokenChooser.NOTHING_LEFT) {
            request.end(Finish.FAILED, new TransomException("model " + model + ": sampling steps must leave a token; after "
                + request.length() + " tokens of the row they removed all of them. Loosen them, bad words for one."));
        } else {
            request.emit(id);
        }
    }

    /** What users read when no further step is possible. */
    TransomException broken(Throwable cause) {
        String cure = cause instanceof DeviceLostException ? "Open the model again." : "See the cause with --debug and report it.";
        return new TransomException("model " + model + ": its backend must run each step; it stopped with " + cause + ". " + cure,
            cause);
    }

    @Override
    public void close() {
        workspace.close();
    }
}
