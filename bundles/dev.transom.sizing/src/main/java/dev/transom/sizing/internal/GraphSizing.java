package dev.transom.sizing.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Backends;
import dev.transom.api.backend.Device;
import dev.transom.api.backend.Plan;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.sizing.MemoryHolder;
import dev.transom.api.sizing.MemoryHolder.Holding;
import dev.transom.api.sizing.Sizing;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Graph;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Counts by walking the graph that would run, and by asking the backend that would run it. */
@Component(service = Sizing.class)
public final class GraphSizing implements Sizing {

    /** Inference takes 1.2 to 5 times the weights, says the rule of thumb. */
    private static final double RULE_LOW = 1.2;
    private static final double RULE_HIGH = 5;

    private final Operations operations;
    private final Backends backends;
    private final Supplier<HostMemory> host;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
        policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<MemoryHolder> holders = List.of();

    @Activate
    public GraphSizing(@Reference Operations operations, @Reference Backends backends) {
        this(operations, backends, () -> HostMemory.read(Path.of("/")), List.of());
    }

    GraphSizing(Operations operations, Backends backends, Supplier<HostMemory> host, List<MemoryHolder> holders) {
        this.operations = operations;
        this.backends = backends;
        this.host = host;
        this.holders = holders;
    }

    @Override
    public ModelSize size(ModelDefinition definition) {
        ModelCounts counts = new ModelCounts(definition, operations);
        long parameters = counts.parameters(counts.defaultHead());
        GraphCount token = counts.generates() ? counts.token(1) : counts.whole(counts.defaultHead(), 1);
        return new ModelSize(parameters, token.cacheElements(), token.weightProducts(), token.activationProducts());
    }

    @Override
    public Estimate estimate(ModelDefinition definition, GraphRequest request, TypePlan types, String backend,
            int cachedPositions) {
        Graph graph = definition.graph(operations, request);
        Backend chosen = backends.choose(Optional.of(backend), graph);
        return estimate(chosen.plan(graph, types, PlanOptions.EXACT), chosen, cachedPositions);
    }

    @Override
    public Estimate estimate(Plan plan, String backend, long cachedPositions) {
        return estimate(plan, backends.choose(Optional.of(backend), plan.graph()), cachedPositions);
    }

    private Estimate estimate(Plan plan, Backend backend, long cachedPositions) {
        int blockSize = plan.graph().caches().stream().map(node -> (Type.CacheType) node.types().getFirst())
            .mapToInt(Type.CacheType::blockSize).findFirst().orElse(1);
        long cache = Math.multiplyExact(plan.cacheBlockBytes(), Math.ceilDiv(cachedPositions, (long) blockSize));
        return new Estimate(plan.weightBytes(), plan.repackedBytes(), cache, plan.activationBytes(), plan.scratchBytes(),
            (long) (plan.weightBytes() * RULE_LOW), (long) (plan.weightBytes() * RULE_HIGH), available(backend));
    }

    /**
     * What is left of a backend's device. Two bounds hold: what all that this process has promised leaves of its limit, and
     * what the system could give now, where memory that others allocated is missing already, but files that they map count as
     * free.
     */
    private long available(Backend backend) {
        HostMemory memory = host.get();
        long device = backend.devices().stream().mapToLong(Device::memoryBytes).max().orElse(memory.limit());
        List<Holding> held = holders.stream().flatMap(holder -> holder.holdings().stream()).toList();
        long mapped = held.stream().mapToLong(Holding::mapped).sum();
        long allocated = held.stream().mapToLong(Holding::allocated).sum();
        return Math.max(0, Math.min(Math.min(device, memory.limit()) - mapped - allocated, memory.free() - mapped));
    }

    @Override
    public void requireFit(String what, Estimate estimate) {
        if (!estimate.fits()) {
            throw new TransomException(Refusal.sentence(what, estimate));
        }
    }
}
