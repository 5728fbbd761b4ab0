package dev.transom.engine.internal;

import dev.transom.api.backend.Backends;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.Engines;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sizing.Sizing;
import dev.transom.graph.Operations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Hands out engines and shares them. What the map holds is what a new open may get: an engine whose architecture has been replaced
 * leaves the map at the next open and lives on only through its users.
 */
@Component
public final class SharedEngines implements Engines {

    @Reference
    private volatile Models models;

    @Reference
    private volatile Operations operations;

    @Reference
    private volatile Backends backends;

    @Reference
    private volatile EngineMemory memory;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Sampler> samplers = List.of();

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    private volatile Sizing sizing;

    private final Map<Key, SharedEngine> shared = new HashMap<>();
    private final Set<SharedEngine> living = ConcurrentHashMap.newKeySet();

    /** For the component runtime. */
    public SharedEngines() {
    }

    SharedEngines(Models models, Operations operations, Backends backends, EngineMemory memory, List<Sampler> samplers) {
        this.models = models;
        this.operations = operations;
        this.backends = backends;
        this.memory = memory;
        this.samplers = samplers;
    }

    private record Key(String reference, EngineOptions options) {
    }

    @Override
    public Engine open(String reference, Path directory, EngineOptions options) {
        Key key = new Key(reference.contains(":") ? reference : directory.resolve(reference).normalize().toString(), options);
        // Opening is cheap (weights are mapped) and tells which architecture a new engine would have now.
        OpenModel model = models.open(reference, directory);
        SharedEngine engine;
        synchronized (shared) {
            engine = shared.get(key);
            if (engine == null || !engine.join(model)) {
                engine = new SharedEngine(model, true, finished -> forget(key, finished));
                shared.put(key, engine);
                living.add(engine);
            }
        }
        return engine.handle(model, loader(), options);
    }

    @Override
    public Engine open(OpenModel model, EngineOptions options) {
        SharedEngine engine = new SharedEngine(model, false, living::remove);
        living.add(engine);
        return engine.handle(model, loader(), options);
    }

    @Override
    public Optional<Sizing.Estimate> estimate(OpenModel model, EngineOptions options) {
        return loader().estimate(model, options);
    }

    private EngineLoader loader() {
        return new EngineLoader(operations, backends, Optional.ofNullable(sizing), memory, () -> new SamplerChain(samplers));
    }

    private void forget(Key key, SharedEngine finished) {
        synchronized (shared) {
            shared.remove(key, finished);
        }
        living.remove(finished);
    }

    /** The bundle goes: requests are ended, for nobody could wait for them any more. */
    @Deactivate
    void stop() {
        new ArrayList<>(living).forEach(SharedEngine::abandon);
    }
}
