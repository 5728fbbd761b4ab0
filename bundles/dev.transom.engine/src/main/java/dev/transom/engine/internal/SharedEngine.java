package dev.transom.engine.internal;

import dev.transom.api.engine.Engine;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.model.OpenModel;
import java.util.function.Consumer;

/** A loaded engine and how many use it; the last one to close it frees it. */
final class SharedEngine {

    private final boolean ownsModel;
    private final Consumer<SharedEngine> forget;
    private OpenModel model;
    private LoadedEngine loaded;
    private RuntimeException refused;
    private int users = 1;

    /**
     * @param ownsModel whether the model is closed with it
     * @param forget    called when the last user has gone
     */
    SharedEngine(OpenModel model, boolean ownsModel, Consumer<SharedEngine> forget) {
        this.model = model;
        this.ownsModel = ownsModel;
        this.forget = forget;
    }

    /** One user more, if a new engine for {@code other} would be the same; false when it would not, or this one is ending. */
    synchronized boolean join(OpenModel other) {
        boolean same = users > 0 && refused == null && model.architecture().equals(other.architecture())
            && model.definition().getClass() == other.definition().getClass() && (loaded == null || !loaded.isBroken());
        if (same) {
            users++;
        }
        return same;
    }

    /** Loads if need be, one caller while others wait. */
    Engine handle(OpenModel opened, EngineLoader loader, EngineOptions options) {
        try {
            LoadedEngine engine = load(loader, options);
            if (ownsModel && opened != model()) {
                opened.close();
            }
            return new EngineHandle(engine, this::leave);
        } catch (RuntimeException | Error failed) {
            if (ownsModel && opened != model()) {
                opened.close();
            }
            leave();
            throw failed;
        }
    }

    private synchronized OpenModel model() {
        return model;
    }

    private synchronized LoadedEngine load(EngineLoader loader, EngineOptions options) {
        if (refused != null) {
            throw refused;
        }
        if (loaded == null) {
            try {
                loaded = loader.load(model, options);
            } catch (RuntimeException failed) {
                refused = failed;
                throw failed;
            }
        }
        return loaded;
    }

    private void leave() {
        synchronized (this) {
            if (--users > 0) {
                return;
            }
        }
        end();
    }

    /** Ends it although somebody uses it. */
    void abandon() {
        synchronized (this) {
            users = 0;
            if (loaded != null) {
                loaded.cancelAll();
            }
        }
        end();
    }

    private void end() {
        forget.accept(this);
        LoadedEngine engine;
        OpenModel opened;
        synchronized (this) {
            engine = loaded;
            opened = model;
            loaded = null;
            model = null;
        }
        if (engine != null) {
            engine.close();
        }
        if (opened != null && ownsModel) {
            opened.close();
        }
    }
}
