package dev.transom.engine.internal;

import dev.transom.api.backend.Plan;
import dev.transom.api.sizing.MemoryHolder;
import dev.transom.api.sizing.Sizing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Component;

/** What loaded engines hold, so that the next one is loaded only if it fits beside them. */
@Component(service = {EngineMemory.class, MemoryHolder.class})
public final class EngineMemory implements MemoryHolder {

    private final List<Holding> held = new ArrayList<>();

    @Override
    public synchronized List<Holding> holdings() {
        return List.copyOf(held);
    }

    /**
     * Promises memory before it is taken. Check and promise are one step, so that two loads at once cannot both have the last
     * of it.
     *
     * @param sizing what knows whether it fits; nothing is refused without it
     * @param blocks cache blocks
     * @return ends the promise, once
     * @throws dev.transom.api.TransomException when it does not fit
     */
    synchronized Runnable hold(String what, Optional<Sizing> sizing, Plan plan, String backend, int blocks, int blockSize) {
        sizing.ifPresent(service -> service.requireFit(what, service.estimate(plan, backend, (long) blocks * blockSize)));
        Holding holding = new Holding(what, plan.weightBytes(), plan.repackedBytes() + plan.cacheBlockBytes() * blocks
            + plan.activationBytes() + plan.scratchBytes());
        held.add(holding);
        AtomicBoolean ended = new AtomicBoolean();
        return () -> {
            if (!ended.getAndSet(true)) {
                end(holding);
            }
        };
    }

    private synchronized void end(Holding holding) {
        held.remove(holding);
    }
}
