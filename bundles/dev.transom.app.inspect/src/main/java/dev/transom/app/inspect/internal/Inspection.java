package dev.transom.app.inspect.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Limits;
import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.config.Config;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a model is made of.
 *
 * @param noWeights why there are no stored tensors; empty if there are
 * @param parameters of all heads, in the order of the graphs
 * @param unused     stored tensors of which no parameter is made
 */
record Inspection(String model, String where, String architecture, ModelFacts facts, Config config, Optional<String> noWeights,
        List<Parameter> parameters, List<StoredTensor> unused) {

    /**
     * A parameter.
     *
     * @param heads   heads that need it; empty if all do
     * @param made    how it is made of stored tensors
     * @param formats formats of these
     * @param missing stored tensors that it needs and that are not there
     */
    record Parameter(String name, List<Long> shape, List<String> heads, String made, List<String> formats, List<String> missing) {
    }

    static Inspection of(OpenModel model, Operations operations) {
        ModelDefinition definition = model.definition();
        Map<String, StoredTensor> stored = new LinkedHashMap<>();
        Optional<String> noWeights = Optional.empty();
        try {
            TensorSource source = model.files().tensors();
            source.names().forEach(name -> stored.put(name, source.find(name).orElseThrow()));
        } catch (TransomException absent) {
            noWeights = Optional.of(absent.getMessage());
        }
        Map<String, Binding> bindings = definition.bindings(stored.keySet());
        Set<String> used = new HashSet<>();
        bindings.values().forEach(binding -> used.addAll(Expressions.tensors(binding)));
        List<StoredTensor> unused = stored.values().stream().filter(tensor -> !used.contains(tensor.name())).toList();
        return new Inspection(model.reference(), model.files().where(), model.architecture(), definition.facts(),
            model.files().config(), noWeights, parameters(definition, operations, bindings, stored), unused);
    }

    private static List<Parameter> parameters(ModelDefinition definition, Operations operations, Map<String, Binding> bindings,
            Map<String, StoredTensor> stored) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        Map<String, List<String>> heads = new LinkedHashMap<>();
        Set<String> body = new HashSet<>();
        graph(definition, operations, List.of()).parameters().forEach(node -> {
            nodes.put(node.name(), node);
            body.add(node.name());
        });
        for (Head head : definition.facts().heads()) {
            for (Node node : graph(definition, operations, List.of(head.name())).parameters()) {
                nodes.putIfAbsent(node.name(), node);
                heads.computeIfAbsent(node.name(), _ -> new ArrayList<>()).add(head.name());
            }
        }
        body.forEach(heads::remove);
        return nodes.values().stream().map(node -> parameter(node, heads.getOrDefault(node.name(), List.of()),
            Optional.ofNullable(bindings.get(node.name())), stored)).toList();
    }

    private static Graph graph(ModelDefinition definition, Operations operations, List<String> heads) {
        return definition.graph(operations, GraphRequest.whole(heads, Limits.of(1, 1)));
    }

    private static Parameter parameter(Node node, List<String> heads, Optional<Binding> binding,
            Map<String, StoredTensor> stored) {
        List<Long> shape = Arrays.stream(((Type.TensorType) node.types().getFirst()).shape().maxSizes()).boxed().toList();
        List<String> tensors = binding.map(Expressions::tensors).orElse(List.of());
        List<String> formats = tensors.stream().filter(stored::containsKey)
            .map(name -> stored.get(name).format().name()).distinct().toList();
        return new Parameter(node.name(), shape, heads, binding.map(Expressions::print).orElse(""), formats,
            binding.isPresent() ? tensors.stream().filter(name -> !stored.containsKey(name)).toList() : List.of(node.name()));
    }

    /** Learned numbers of all heads together. */
    long elements() {
        return parameters.stream().mapToLong(each -> each.shape().stream().reduce(1L, Math::multiplyExact)).sum();
    }
}
