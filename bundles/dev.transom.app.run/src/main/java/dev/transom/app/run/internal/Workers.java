package dev.transom.app.run.internal;

import dev.transom.api.TransomException;
import dev.transom.api.chat.ChatTemplates;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.Engines;
import dev.transom.api.engine.GenerationRequest.ContextFull;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.sizing.Sizing.Estimate;
import dev.transom.api.task.Embedding;
import dev.transom.api.task.TextGeneration;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Loads models for steps, as large as memory allows.
 *
 * @param embedding empty where no such task is installed
 * @param templates empty where nothing reads chat templates
 */
record Workers(Models models, Engines engines, TextGeneration generation, Optional<Embedding> embedding,
        Optional<ChatTemplates> templates) {

    /** Tokens that a tokenizer may add to a text, and the factor by which normalising may lengthen it. */
    private static final int ADDED = 64;
    private static final int LENGTHENED = 2;

    OpenModel open(Step step, Path directory) {
        return models.open(step.model(), directory);
    }

    Worker worker(Step step, OpenModel model, InputFile.Scan scan) {
        Granted granted = granted(step, model, scan);
        return switch (step.task()) {
            case GENERATION -> new GenerationWorker(engines.open(model, granted.options), generation, step.options(),
                Chats.of(model, templates), granted.options.maxRows());
            case EMBEDDING -> new EmbeddingWorker(embedding.orElseThrow(() -> new TransomException("job: the task embedding must be "
                + "installed; it is not. Start dev.transom.task.embedding.")).open(model, granted.options));
        };
    }

    /** How a model is loaded and, for generation where sizing is installed, what that takes. */
    record Granted(EngineOptions options, Optional<Estimate> estimate) {
    }

    /**
     * As many rows as the step wants and fit, with room for all of them at full length in at most half of the memory that is left: the
     * other half is the system's, for the mapped weights above all.
     */
    Granted granted(Step step, OpenModel model, InputFile.Scan scan) {
        int wanted = (int) Math.max(1, Math.min(step.options().rows(), scan.items()));
        if (step.task() == Step.Task.EMBEDDING) {
            return new Granted(step.options().engine(Math.min(wanted, 32), 0), Optional.empty());
        }
        int rows = wanted;
        while (true) {
            EngineOptions full = shortened(step, model, scan, step.options().engine(rows, Long.MAX_VALUE));
            Optional<Estimate> estimate = engines.estimate(model, full);
            if (estimate.isEmpty()) {
                return new Granted(full.withCacheBytes(0), estimate);
            }
            long half = Math.max(1, (estimate.get().available() - estimate.get().total() + estimate.get().cache()) / 2);
            EngineOptions granted = step.options().choosesCache() || estimate.get().cache() <= half ? full : full.withCacheBytes(half);
            Optional<Estimate> least = engines.estimate(model, granted);
            if (least.get().fits() || rows == 1) {
                return new Granted(granted, least);
            }
            rows /= 2;
        }
    }

    /** No longer a context than the longest text and its answer could fill; a shift would depend on it. */
    private static EngineOptions shortened(Step step, OpenModel model, InputFile.Scan scan, EngineOptions options) {
        int answer = Math.max(step.options().maxTokens(), scan.mostTokens());
        boolean known = step.options().maxTokens() > 0 && step.options().contextFull() == ContextFull.REFUSE;
        long most = (long) LENGTHENED * scan.longest() + ADDED + answer;
        int usual = options.context() > 0 ? options.context() : Math.min(model.definition().facts().maxPositions(), 4096);
        int context = known ? (int) Math.min(usual, most) : usual;
        return new EngineOptions(options.backend(), options.numerics(), options.threads(), context, options.maxRows(), options.chunk(),
            options.cacheBytes(), options.reuse());
    }
}
