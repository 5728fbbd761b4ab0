package dev.transom.conformance.backend;

import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Caches;
import dev.transom.api.backend.Workspace;
import dev.transom.api.tensor.Format;
import dev.transom.conformance.internal.HeldParameters;
import dev.transom.conformance.internal.LoadedGraph;
import dev.transom.conformance.internal.Tolerance;
import dev.transom.conformance.operation.CaseInput;
import dev.transom.conformance.operation.OperationCase;
import dev.transom.graph.Autodiff;
import dev.transom.graph.CounterRandom;
import dev.transom.graph.Dim;
import dev.transom.graph.ElementType;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Precision;
import dev.transom.graph.ReferenceArguments.ReferenceCache;
import dev.transom.graph.ReferenceRun;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One case of an operation on the backend: outputs, gradients and cache agree with the oracle, run twice and on two threads they
 * have the same bits.
 */
final class CaseCheck {

    private final Backend backend;
    private final OperationCase each;
    private final Format format;
    private final boolean asParameters;
    private final HeldParameters parameters;
    private final Map<String, HostTensor> tensors = new LinkedHashMap<>();
    private final Graph graph;
    private final Operations operations;

    /**
     * @param format       of parameters
     * @param asParameters whether real inputs of fixed shape become parameters
     */
    CaseCheck(Backend backend, Operations operations, OperationCase each, Format format, boolean asParameters) {
        this.backend = backend;
        this.operations = operations;
        this.each = each;
        this.format = format;
        this.asParameters = asParameters;
        this.parameters = new HeldParameters(format);
        this.graph = build();
    }

    /** Whether the case has a real input that could be a parameter. */
    static boolean hasParameters(OperationCase each) {
        return each.inputs().stream().anyMatch(CaseCheck::couldBeParameter);
    }

    void check(List<String> broken) {
        List<String> unsupported = backend.unsupported(graph);
        if (!unsupported.isEmpty()) {
            broken.add("it must run every operation; it lacks " + unsupported + ".");
            return;
        }
        Map<String, ReferenceCache> caches = each.caches();
        Map<String, HostTensor> want = new ReferenceRun(graph, operations, Precision.FLOAT64).run(tensors,
            parameters.rounded(), caches);
        Map<String, HostTensor> one = run(1, caches, broken);
        // A workspace reads no integers, so those outputs are only run.
        one.forEach((name, tensor) -> Tolerance.check(name, want.get(name), tensor, terms(), broken));
        Map<String, HostTensor> two = run(2, caches, broken);
        one.forEach((name, tensor) -> Tolerance.sameBits(name + " on one thread and on two", tensor, two.get(name), broken));
    }

    private Map<String, HostTensor> run(int threads, Map<String, ReferenceCache> expected, List<String> broken) {
        try (LoadedGraph loaded = new LoadedGraph(backend, graph, parameters, format, threads);
                Caches caches = blocks() == 0 ? null : loaded.caches(blocks());
                Workspace workspace = loaded.workspace(caches)) {
            CacheContents.fill(caches, each.caches());
            Map<String, HostTensor> first = loaded.run(workspace, tensors);
            Map<String, HostTensor> second = loaded.run(workspace, tensors);
            first.forEach((name, tensor) -> Tolerance.sameBits(name + " of the first and the second run", tensor,
                second.get(name), broken));
            CacheContents.compare(caches, expected, broken);
            return first;
        }
    }

    /** Blocks of the case's cache, which all layers have alike. */
    private int blocks() {
        return each.caches().values().stream().mapToInt(CacheContents::blocks).max().orElse(0);
    }

    /** No sum in the operation or its gradient is longer than all axes of an input together, a sum of everything apart. */
    private double terms() {
        double longest = 1;
        for (HostTensor tensor : tensors().values()) {
            longest = Math.max(longest, Arrays.stream(tensor.shape()).sum());
        }
        for (ReferenceCache layer : each.caches().values()) {
            longest = Math.max(longest, CacheContents.blocks(layer) * layer.type().blockSize() + layer.type().keyDim());
        }
        boolean sumsAll = each.gives().stream().anyMatch(type -> type instanceof Type.TensorType tensor
            && tensor.shape().rank() == 0);
        long all = tensors().values().stream().mapToLong(tensor -> tensor.reals().length).max().orElse(0);
        return sumsAll ? Math.max(longest, all) : longest;
    }

    private Map<String, HostTensor> tensors() {
        Map<String, HostTensor> all = new LinkedHashMap<>(tensors);
        all.putAll(parameters.rounded());
        return all;
    }

    private Graph build() {
        GraphBuilder g = new GraphBuilder(operations);
        Map<String, HostTensor> given = each.tensors();
        List<Value> inputs = new ArrayList<>();
        List<Value> differentiated = new ArrayList<>();
        for (CaseInput input : each.inputs()) {
            inputs.add(declare(g, input, given));
            if (input instanceof CaseInput.Reals reals && reals.differentiated()) {
                differentiated.add(inputs.getLast());
            }
        }
        Node node = g.apply(each.operation(), each.attributes(), inputs);
        for (int i = 0; i < node.types().size(); i++) {
            g.output("y" + i, node.output(i));
        }
        Value loss = each.gradient() == OperationCase.Gradient.NONE ? null : loss(g, node);
        if (loss != null && !differentiated.isEmpty()) {
            List<Value> gradients = Autodiff.gradients(g, loss, differentiated);
            for (int i = 0; i < gradients.size(); i++) {
                g.output("gradient of " + g.node(differentiated.get(i)).name(), gradients.get(i));
            }
        }
        Graph built = g.build();
        tensors.keySet().retainAll(built.inputs().stream().map(Node::name).toList());
        return built;
    }

    private Value declare(GraphBuilder g, CaseInput input, Map<String, HostTensor> given) {
        return switch (input.declared()) {
            case Type.CacheType cache -> g.cache(cache);
            case Type.TensorType type when asParameters && couldBeParameter(input) -> {
                parameters.put(input.name(), given.get(input.name()));
                yield g.parameter(input.name(), type);
            }
            case Type.TensorType type -> {
                tensors.put(input.name(), given.get(input.name()));
                yield g.input(input.name(), type);
            }
        };
    }

    /** The outputs along fixed random directions. */
    private Value loss(GraphBuilder g, Node node) {
        var forward = new ReferenceRun(g.build(), operations, Precision.FLOAT64).run(tensors, parameters.rounded(),
            each.caches());
        Value loss = null;
        for (int i = 0; i < node.types().size(); i++) {
            if (node.types().get(i) instanceof Type.TensorType type && type.element() == ElementType.F32) {
                HostTensor direction = direction(i, forward.get("y" + i).shape());
                tensors.put("direction of y" + i, direction);
                Value term = g.sumAll(g.mul(node.output(i), g.input("direction of y" + i, type)));
                loss = loss == null ? term : g.add(loss, term);
            }
        }
        return loss;
    }

    private static HostTensor direction(int output, long[] shape) {
        double[] reals = new double[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
        Arrays.setAll(reals, i -> 2 * CounterRandom.uniform(1, output, 1, i) - 1);
        return HostTensor.ofReals(reals, shape).rounded();
    }

    private static boolean couldBeParameter(CaseInput input) {
        return input instanceof CaseInput.Reals(String _, Type.TensorType type, CaseInput.Draw _, boolean _)
            && type.shape().rank() > 0 && type.shape().dims().stream().allMatch(Dim.Fixed.class::isInstance);
    }
}
