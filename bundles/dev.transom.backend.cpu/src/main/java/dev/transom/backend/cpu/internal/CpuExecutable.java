package dev.transom.backend.cpu.internal;

import dev.transom.api.backend.Caches;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.Plan;
import dev.transom.api.backend.Workspace;
import dev.transom.graph.Node;
import dev.transom.graph.Value;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A program with its parameters and constants in memory. */
final class CpuExecutable implements Executable {

    private final Plan plan;
    private final Program program;
    private final Parameters parameters;
    private final PoolLease pool;
    private final Arena arena;
    private final Map<Value, MemorySegment> constants = new HashMap<>();

    CpuExecutable(Plan plan, Program program, Parameters parameters, Arena arena, PoolLease pool) {
        this.plan = plan;
        this.program = program;
        this.parameters = parameters;
        this.arena = arena;
        this.pool = pool;
        for (Node node : program.graph().nodes()) {
            if (node.operation().equals(Node.CONSTANT)) {
                constants.put(node.output(), constant(node.attributes().reals("values")));
            }
        }
    }

    private MemorySegment constant(List<Double> values) {
        MemorySegment memory = arena.allocate(4L * values.size() + 64, 64);
        for (int i = 0; i < values.size(); i++) {
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, values.get(i).floatValue());
        }
        return memory;
    }

    Program program() {
        return program;
    }

    SpinningPool pool() {
        return pool.pool();
    }

    long parametersVersion() {
        return parameters.version();
    }

    /** Where a value that no workspace owns lies. */
    long address(Value root) {
        Node node = program.graph().node(root);
        return node.operation().equals(Node.CONSTANT) ? constants.get(root).address() : parameters.address(node.name());
    }

    @Override
    public Plan plan() {
        return plan;
    }

    @Override
    public Caches caches(int blocks) {
        return new CpuCaches(program.graph(), blocks);
    }

    @Override
    public Workspace workspace(Caches caches) {
        return new CpuWorkspace(this, (CpuCaches) caches);
    }

    @Override
    public void close() {
        pool.close();
        arena.close();
    }
}
