package dev.transom.backend.cpu.internal;

import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Device;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.Plan;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.capability.ProvidesBackend;
import dev.transom.api.kernel.KernelProvider;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import java.lang.foreign.Arena;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Runs graphs on the processor: one arena, a fixed pool of threads, and kernels from whichever provider has the best. */
@ProvidesBackend(name = "cpu")
@Component
public final class CpuBackend implements Backend {

    private final Operations operations;
    private final List<KernelProvider> providers = new CopyOnWriteArrayList<>();
    private final PoolLease.Pools pools = new PoolLease.Pools();

    @Activate
    public CpuBackend(@Reference Operations operations) {
        this.operations = operations;
    }

    /** A kernel provider came; executables already loaded keep the kernels they have. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addProvider(KernelProvider provider) {
        providers.add(provider);
    }

    public void removeProvider(KernelProvider provider) {
        providers.remove(provider);
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public int preference() {
        return 100;
    }

    @Override
    public List<Device> devices() {
        int cores = Runtime.getRuntime().availableProcessors();
        List<String> names = best().stream().filter(provider -> provider.unavailable().isEmpty()).map(KernelProvider::name).toList();
        String kernels = names.isEmpty() ? "plain reference kernels only, slow: no kernel provider is installed"
            : "kernels: " + String.join(", ", names);
        return List.of(new Device("cpu", System.getProperty("os.arch") + ", " + cores + " cores, " + kernels,
            PhysicalMemory.bytes(), cores));
    }

    @Override
    public List<String> unsupported(Graph graph) {
        return graph.nodes().stream()
            .filter(node -> !node.isLeaf()
                && operations.find(node.operation()).filter(known -> known.version() == node.version()).isEmpty())
            .map(Node::operation).distinct().toList();
    }

    @Override
    public Plan plan(Graph graph, TypePlan types, PlanOptions options) {
        int threads = threads(options);
        Map<String, Type.TensorType> parameters = new HashMap<>();
        graph.parameters().forEach(node -> parameters.put(node.name(), (Type.TensorType) node.types().getFirst()));
        Program program = Program.of(graph, operations, best(), name -> Parameters.held(parameters.get(name), types.format(name)),
            types.cache(), options, threads);
        long repacked = parameters.entrySet().stream()
            .filter(entry -> !Parameters.held(entry.getValue(), types.format(entry.getKey())).equals(types.format(entry.getKey())))
            .mapToLong(entry -> Format.F32.bytes(entry.getValue().shape().maxElements())).sum();
        long weights = graph.parameters().stream()
            .mapToLong(node -> types.format(node.name()).bytes(((Type.TensorType) node.types().getFirst()).shape().maxElements()))
            .sum();
        long block = graph.caches().stream().map(node -> (Type.CacheType) node.types().getFirst())
            .mapToLong(cache -> Float.BYTES * cache.elementsPerPosition() * cache.blockSize()).sum();
        return new Plan(graph, types, options, weights, repacked, program.storage().bytes(),
            program.scratch() * threads + program.sharedScratch(), block);
    }

    @Override
    public Executable load(Plan plan, ParameterStore store) {
        Arena arena = Arena.ofShared();
        try {
            int threads = threads(plan.options());
            Parameters parameters = new Parameters(plan.graph(), store, arena);
            Program program = Program.of(plan.graph(), operations, best(), parameters::format, plan.types().cache(),
                plan.options(), threads);
            return new CpuExecutable(plan, program, parameters, arena, pools.lease(threads));
        } catch (RuntimeException broken) {
            arena.close();
            throw broken;
        }
    }

    private List<KernelProvider> best() {
        return providers.stream().sorted(Comparator.comparingInt(KernelProvider::preference).reversed()).toList();
    }

    private static int threads(PlanOptions options) {
        return options.threads() > 0 ? options.threads() : Runtime.getRuntime().availableProcessors();
    }
}
