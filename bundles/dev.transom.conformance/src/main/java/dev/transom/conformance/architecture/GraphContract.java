package dev.transom.conformance.architecture;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Extra;
import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Graphs have the inputs, outputs, caches and parameters that a request asks for, and what cannot be had is refused. */
final class GraphContract {

    private final Subject subject;
    private final Map<String, Type> parameters = new HashMap<>();

    GraphContract(Subject subject) {
        this.subject = subject;
    }

    /** All requests that a head allows; the head "" is none. */
    List<GraphRequest> requests(String head) {
        List<String> heads = head.isEmpty() ? List.of() : List.of(head);
        List<GraphRequest> requests = new ArrayList<>(List.of(subject.whole(heads), subject.whole(heads, Extra.HIDDEN_STATES),
            subject.whole(heads, Extra.LAST_HIDDEN_STATE), subject.whole(heads, Extra.values())));
        requests.add(new GraphRequest(heads, false, false, false, true, false, Set.of(), subject.limits()));
        if (!head.isEmpty() && subject.facts().head(head).labels() != Head.Labels.NONE) {
            requests.add(subject.training(head, false));
            requests.add(subject.training(head, true));
            requests.add(subject.training(head, false).with(Extra.values()));
        }
        if (head.equals("lm")) {
            requests.add(subject.selected(false));
            if (subject.facts().structure() != Structure.ENCODER) {
                requests.add(subject.selected(true));
                requests.add(subject.selected(true).with(Extra.values()));
                requests.add(new GraphRequest(heads, true, false, false, false, false, Set.of(), subject.limits()));
            }
        }
        return requests;
    }

    void check(GraphRequest request, List<String> broken) {
        String what = describe(request);
        Graph graph;
        try {
            graph = subject.definition().graph(subject.operations(), request);
        } catch (RuntimeException thrown) {
            broken.add(what + " must build; it threw " + thrown + ".");
            return;
        }
        List<String> found = new ArrayList<>();
        new InputContract(subject, request, graph).check(found);
        outputs(request, graph, found);
        caches(request, graph, found);
        parameters(graph, found);
        if (!graph.fingerprint().equals(subject.definition().graph(subject.operations(), request).fingerprint())) {
            found.add("equal requests must give equal graphs, for executables are kept by graph; they differ.");
        }
        found.forEach(sentence -> broken.add(what + ": " + sentence));
    }

    private void outputs(GraphRequest request, Graph graph, List<String> broken) {
        Set<String> expected = new LinkedHashSet<>();
        request.heads().forEach(name -> expected.addAll(subject.facts().head(name).outputs()));
        Set<String> actual = new LinkedHashSet<>(graph.outputs().keySet());
        if (request.loss()) {
            expected.add("loss");
        }
        boolean last = request.extras().contains(Extra.LAST_HIDDEN_STATE) || request.heads().isEmpty();
        if (last) {
            expected.add("last_hidden_state");
        }
        if (request.extras().contains(Extra.HIDDEN_STATES)) {
            boolean both = subject.facts().structure() == Structure.ENCODER_DECODER;
            for (int i = 0; i <= subject.facts().layers(); i++) {
                expected.add((both ? "decoder_hidden_states." : "hidden_states.") + i);
            }
            if (both) {
                expected.add("encoder_hidden_states.0");
                actual.removeIf(name -> name.startsWith("encoder_hidden_states.") && !name.endsWith(".0"));
            }
        }
        Set<String> auxiliary = Set.of("aux_loss", "loss_with_aux");
        if (request.loss() && request.extras().contains(Extra.AUXILIARY_LOSS) && actual.containsAll(auxiliary)) {
            expected.addAll(auxiliary); // of models with experts
        }
        if (!actual.equals(expected)) {
            broken.add("outputs must be " + expected + "; they are " + actual + ".");
        }
        graph.outputs().forEach((name, value) -> output(request, graph, name, value, broken));
    }

    private void output(GraphRequest request, Graph graph, String name, Value value, List<String> broken) {
        Type.TensorType type = value.tensor();
        if (name.equals("loss") && type.shape().rank() != 0) {
            broken.add("loss must be a scalar []; it is " + type + ".");
        }
        // The first and the last may be as wide as the embedding, where that is narrower or wider.
        boolean end = name.startsWith("last") || name.endsWith(".0") || name.endsWith("." + subject.facts().layers());
        if (name.contains("hidden_state") && (type.shape().rank() != 2
                || !type.shape().last().equals(Dim.of(subject.facts().hidden())) && !end)) {
            broken.add(name + " must be [tokens, " + subject.facts().hidden() + "]; it is " + type + ".");
        }
        boolean logits = request.heads().contains("lm") && name.equals(subject.facts().head("lm").outputs().getFirst());
        if (logits && (type.shape().rank() != 2 || !type.shape().last().equals(Dim.of(subject.facts().vocabulary())))) {
            broken.add(name + " must be [tokens, " + subject.facts().vocabulary() + "]; it is " + type + ".");
        }
        Dim rows = graph.input(Inputs.SELECTED).map(node -> node.output().shape().dim(0)).orElse(null);
        if (logits && rows != null && !type.shape().dim(0).equals(rows)) {
            broken.add(name + " must have a row for each selected token; it is " + type + ".");
        }
    }

    private void caches(GraphRequest request, Graph graph, List<String> broken) {
        if (!request.cached() && !graph.caches().isEmpty()) {
            broken.add("a graph over whole rows must have no caches; it has " + graph.caches().getFirst().name() + ".");
        }
        if (request.cached() && subject.facts().layers() > 0 && graph.caches().isEmpty()) {
            broken.add("a graph over caches must have a cache for each layer; it has none.");
        }
        for (Node node : graph.caches()) {
            if (((Type.CacheType) node.output().type()).blockSize() != request.limits().blockSize()) {
                broken.add("blocks of " + node.name() + " must be of " + request.limits().blockSize() + " positions; it is "
                    + node.output().type() + ".");
            }
        }
    }

    private void parameters(Graph graph, List<String> broken) {
        Set<String> bound = subject.definition().bindings(Set.of()).keySet();
        for (Node node : graph.parameters()) {
            Type before = parameters.putIfAbsent(node.name(), node.output().type());
            if (before != null && !before.equals(node.output().type())) {
                broken.add("parameter " + node.name() + " must be the same in every graph; it is " + before + " and "
                    + node.output().type() + ".");
            }
            if (!bound.contains(node.name())) {
                broken.add("bindings must say where parameter " + node.name() + " is stored; they do not.");
            }
        }
    }

    /** A head that there is not, a loss of a head without labels, caches of an encoder. */
    void refusals(List<String> broken) {
        refused(subject.whole(List.of("no_such_head")), "no_such_head", broken);
        refused(subject.training("no_such_head", false), "no_such_head", broken);
        subject.facts().heads().stream().filter(head -> head.labels() == Head.Labels.NONE).findFirst()
            .ifPresent(head -> refused(subject.training(head.name(), false), head.name(), broken));
        if (subject.facts().structure() == Structure.ENCODER) {
            refused(new GraphRequest(List.of(), true, false, false, false, false, Set.of(), subject.limits()),
                subject.facts().modelType(), broken);
        }
    }

    private void refused(GraphRequest request, String cause, List<String> broken) {
        try {
            subject.definition().graph(subject.operations(), request);
            broken.add(describe(request) + " must be refused; it built.");
        } catch (TransomException refusal) {
            Sentences.check("the refusal of " + describe(request), refusal, cause, broken);
        } catch (RuntimeException thrown) {
            broken.add(describe(request) + " must be refused by a TransomException; it threw " + thrown + ".");
        }
    }

    /** A request in words. */
    private static String describe(GraphRequest request) {
        List<String> words = new ArrayList<>();
        words.add(request.heads().isEmpty() ? "no head" : String.join(", ", request.heads()));
        words.add(request.cached() ? "over caches" : "whole rows");
        if (request.loss()) {
            words.add("with loss");
        }
        if (request.dropout()) {
            words.add("with dropout");
        }
        if (request.embeddings()) {
            words.add("of embeddings");
        }
        if (request.selected()) {
            words.add("of selected tokens");
        }
        request.extras().stream().sorted().forEach(extra -> words.add("with " + extra));
        return "graph (" + String.join(", ", words) + ")";
    }
}
