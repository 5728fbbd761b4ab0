package dev.transom.app.run.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Progress;
import dev.transom.api.application.Session;
import dev.transom.api.capability.ProvidesApplication;
import dev.transom.api.chat.ChatTemplates;
import dev.transom.api.engine.Engines;
import dev.transom.api.model.Models;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.task.Embedding;
import dev.transom.api.task.TextGeneration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The command {@code run}. */
@Component(service = Application.class)
@ProvidesApplication(name = "run")
public final class RunApplication implements Application {

    @Reference
    private Models models;

    @Reference
    private Engines engines;

    @Reference
    private TextGeneration generation;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    private volatile Embedding embedding;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    private volatile ChatTemplates templates;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Sampler> samplers = List.of();

    @Reference
    private Progress.Bars bars;

    @Override
    public String name() {
        return "run";
    }

    @Override
    public String description() {
        return "Runs a job file over many lines; can be stopped and resumed.";
    }

    @Override
    public Callable<Integer> command(Session session) {
        Set<String> sampling = samplers.stream().flatMap(sampler -> sampler.options().stream()).collect(Collectors.toSet());
        return new RunCommand(session, bars, new Workers(models, engines, generation, Optional.ofNullable(embedding),
            Optional.ofNullable(templates)), sampling);
    }
}
