package dev.transom.backend.cpu.internal;

import dev.transom.api.backend.PlanOptions;
import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelProvider;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.tensor.Format;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A graph made ready to run: its steps with their kernels, where tensors lie, and how sizes follow from the inputs. Immutable.
 *
 * @param graph         the graph
 * @param sizes         its bounded dimensions
 * @param storage       the arena
 * @param steps         what computes, in order
 * @param chains        which of the steps run together
 * @param scratch       bytes of scratch of each thread
 * @param sharedScratch bytes of scratch of all threads together
 */
record Program(Graph graph, Sizes sizes, Storage storage, List<Step> steps, RowChains chains, long scratch, long sharedScratch) {

    /**
     * Finds a kernel for each node: the first provider that has one, else the operation's reference.
     *
     * @param providers best first
     * @param parameter the format of a parameter by name
     * @param cache     the format of caches
     */
    static Program of(Graph graph, Operations operations, List<KernelProvider> providers, Function<String, Format> parameter,
            Format cache, PlanOptions options, int threads) {
        Sizes sizes = new Sizes(graph);
        RowChains chains = new RowChains(graph);
        Storage storage = new Storage(graph, chains);
        List<Step> steps = new ArrayList<>();
        long scratch = 0;
        long shared = 0;
        for (Node node : graph.nodes()) {
            if (node.isLeaf() || node.operation().equals("reshape")) {
                continue;
            }
            List<Format> formats = node.inputs().stream()
                .map(value -> format(graph.node(storage.root(value)), value, parameter, cache)).toList();
            KernelRequest request = new KernelRequest(node, formats, options.numerics(), threads);
            Kernel kernel = providers.stream().flatMap(provider -> provider.kernel(request).stream()).findFirst()
                .orElseGet(() -> RowGather.suits(request) ? new RowGather(request)
                    : new ReferenceKernel(operations.get(node.operation()), request));
            scratch = Math.max(scratch, kernel.scratchBytes());
            shared = Math.max(shared, kernel.sharedScratchBytes());
            steps.add(new Step(node, kernel, codes(sizes, node.inputs().stream().map(Value::type).toList()),
                codes(sizes, node.types())));
        }
        return new Program(graph, sizes, storage, List.copyOf(steps), chains, scratch, shared);
    }

    private static Format format(Node root, Value value, Function<String, Format> parameter, Format cache) {
        return switch (value.type()) {
            case Type.CacheType _ -> cache;
            case Type.TensorType _ when root.operation().equals(Node.PARAMETER) -> parameter.apply(root.name());
            case Type.TensorType tensor -> switch (tensor.element()) {
                case F32 -> Format.F32;
                case I32 -> Format.I32;
            };
        };
    }

    private static int[][] codes(Sizes sizes, List<Type> types) {
        return types.stream().map(type -> type instanceof Type.TensorType tensor ? sizes.codes(tensor.shape()) : new int[0])
            .toArray(int[][]::new);
    }
}
