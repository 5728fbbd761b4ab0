package dev.transom.backend.reference.internal;

import dev.transom.api.backend.Caches;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.Plan;
import dev.transom.api.backend.Workspace;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.graph.Operations;
import dev.transom.graph.Precision;
import dev.transom.graph.ReferenceRun;

/** A graph with its parameters, expanded to float64. */
final class ReferenceExecutable implements Executable {

    private final Plan plan;
    private final ReferenceRun run;
    private final Parameters parameters;

    ReferenceExecutable(Plan plan, Operations operations, ParameterStore store) {
        this.plan = plan;
        this.run = new ReferenceRun(plan.graph(), operations,
            plan.options().float64() ? Precision.FLOAT64 : Precision.FLOAT32);
        this.parameters = new Parameters(plan.graph(), store);
    }

    @Override
    public Plan plan() {
        return plan;
    }

    @Override
    public Caches caches(int blocks) {
        return new ReferenceCaches(plan.graph(), blocks);
    }

    @Override
    public Workspace workspace(Caches caches) {
        if (caches != null && !(caches instanceof ReferenceCaches)) {
            throw new IllegalArgumentException("workspace: caches must be made by this backend; got "
                + caches.getClass().getName() + ".");
        }
        return new ReferenceWorkspace(plan.graph(), run, parameters, (ReferenceCaches) caches);
    }

    @Override
    public void close() {
        // Only the garbage collector has anything to free.
    }
}
