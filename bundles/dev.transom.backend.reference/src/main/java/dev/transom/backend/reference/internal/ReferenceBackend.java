package dev.transom.backend.reference.internal;

import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Device;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.Plan;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.capability.ProvidesBackend;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Graph;
import dev.transom.graph.MemoryPlan;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The oracle: runs a graph by the operations' reference kernels on one thread, in float32 or, where the plan says so, in float64.
 * Slow and plain; other backends are compared with it.
 *
 * <p>Everything is held in float64 (in a float32 run rounded to float32), so each planned byte of F32 is two. The cache format of
 * the type plan is not applied: a cache holds what was appended.
 */
@ProvidesBackend(name = "reference")
@Component
public final class ReferenceBackend implements Backend {

    private final Operations operations;

    @Activate
    public ReferenceBackend(@Reference Operations operations) {
        this.operations = operations;
    }

    @Override
    public String name() {
        return "reference";
    }

    /** The last choice: it is right, not fast. */
    @Override
    public int preference() {
        return -100;
    }

    @Override
    public List<Device> devices() {
        return List.of(new Device("reference", "one thread of plain loops, the oracle",
            Runtime.getRuntime().maxMemory(), 1));
    }

    @Override
    public List<String> unsupported(Graph graph) {
        return graph.nodes().stream().filter(node -> !node.isLeaf() && !known(node))
            .map(Node::operation).distinct().toList();
    }

    private boolean known(Node node) {
        return operations.find(node.operation()).filter(operation -> operation.version() == node.version()).isPresent();
    }

    @Override
    public Plan plan(Graph graph, TypePlan types, PlanOptions options) {
        long stored = 0;
        long held = 0;
        for (Node parameter : graph.parameters()) {
            long elements = ((Type.TensorType) parameter.types().getFirst()).shape().maxElements();
            stored = Math.addExact(stored, types.format(parameter.name()).bytes(elements));
            held = Math.addExact(held, Math.multiplyExact(elements, Double.BYTES));
        }
        long block = 0;
        for (Node cache : graph.caches()) {
            Type.CacheType type = (Type.CacheType) cache.types().getFirst();
            block = Math.addExact(block, Double.BYTES * type.elementsPerPosition() * type.blockSize());
        }
        return new Plan(graph, types, options, stored, held, 2 * MemoryPlan.of(graph).bytes(), 0, block);
    }

    @Override
    public Executable load(Plan plan, ParameterStore store) {
        return new ReferenceExecutable(plan, operations, store);
    }
}
