package dev.transom.engine.internal;

import dev.transom.api.backend.Plan;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.model.OpenModel;
import java.util.concurrent.atomic.AtomicReference;

/** One user's hold on an engine; after it is closed it holds nothing. */
final class EngineHandle implements Engine {

    private final AtomicReference<LoadedEngine> engine;
    private final Runnable leave;

    EngineHandle(LoadedEngine engine, Runnable leave) {
        this.engine = new AtomicReference<>(engine);
        this.leave = leave;
    }

    @Override
    public OpenModel model() {
        return open().model();
    }

    @Override
    public String backend() {
        return open().backend();
    }

    @Override
    public Plan plan() {
        return open().plan();
    }

    @Override
    public int context() {
        return open().context();
    }

    @Override
    public Generation submit(GenerationRequest request) {
        return open().submit(request);
    }

    @Override
    public void close() {
        if (engine.getAndSet(null) != null) {
            leave.run();
        }
    }

    private LoadedEngine open() {
        LoadedEngine loaded = engine.get();
        if (loaded == null) {
            throw new IllegalStateException("engine: it must be open; this user has closed it.");
        }
        return loaded;
    }
}
