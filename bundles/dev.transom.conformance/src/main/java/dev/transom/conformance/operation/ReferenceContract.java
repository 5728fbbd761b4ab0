package dev.transom.conformance.operation;

import dev.transom.graph.GraphBuilder;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Precision;
import dev.transom.graph.ReferenceArguments.ReferenceCache;
import dev.transom.graph.ReferenceRun;
import dev.transom.graph.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The reference kernel fills its outputs with finite numbers, leaves its inputs alone, and gives the same bits twice. */
final class ReferenceContract {

    private ReferenceContract() {
    }

    static ContractResult check(Operations operations, OperationCase each) {
        return ContractResult.of("reference", broken -> {
            GraphBuilder builder = new GraphBuilder(operations);
            Node node = each.apply(builder);
            outputs(builder, node);
            for (Precision precision : Precision.values()) {
                ReferenceRun run = new ReferenceRun(builder.build(), operations, precision);
                Map<String, HostTensor> tensors = each.tensors();
                Map<String, ReferenceCache> caches = each.caches();
                Map<String, ReferenceCache> others = each.caches();
                Map<String, HostTensor> results = run.run(tensors, caches);
                require(tensors.equals(each.tensors()), "it must not write its inputs; it did", broken);
                require(same(results, run.run(each.tensors(), others)) && same(caches, others),
                    "it must give the same bits twice in " + precision + "; they differ", broken);
                boolean finite = each.gradient() != OperationCase.Gradient.ZERO;
                results.forEach((name, result) -> require(Arrays.stream(result.reals()).allMatch(Double::isFinite) == finite,
                    "output " + name + (finite ? " must be finite in " : " must not be a number in ") + precision + "; got "
                        + Arrays.toString(result.reals()), broken));
            }
        });
    }

    /** Names every output of a node that is a tensor, y0, y1 and so on. */
    static void outputs(GraphBuilder builder, Node node) {
        for (int i = 0; i < node.types().size(); i++) {
            builder.output("y" + i, node.output(i));
        }
    }

    private static boolean same(Map<String, ?> a, Map<String, ?> b) {
        return a.keySet().equals(b.keySet()) && a.entrySet().stream().allMatch(entry -> switch (entry.getValue()) {
            case ReferenceCache(Type.CacheType _, double[] keys, double[] values) ->
                Arrays.equals(keys, ((ReferenceCache) b.get(entry.getKey())).keys())
                    && Arrays.equals(values, ((ReferenceCache) b.get(entry.getKey())).values());
            default -> entry.getValue().equals(b.get(entry.getKey()));
        });
    }

    private static void require(boolean holds, String sentence, List<String> broken) {
        if (!holds) {
            broken.add(sentence + ".");
        }
    }
}
