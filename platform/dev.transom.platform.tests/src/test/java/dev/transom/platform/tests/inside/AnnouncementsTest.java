package dev.transom.platform.tests.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.application.Application;
import dev.transom.api.architecture.Architecture;
import dev.transom.api.backend.Backend;
import dev.transom.api.conformance.CaseKit;
import dev.transom.api.format.ModelFormat;
import dev.transom.api.kernel.KernelProvider;
import dev.transom.api.model.Model;
import dev.transom.api.platform.InstalledBundle.Announcement;
import dev.transom.api.platform.Platform;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.task.Task;
import dev.transom.api.tokenizer.TokenizerFormat;
import dev.transom.api.tool.Tool;
import dev.transom.api.tuning.TuningMethod;
import dev.transom.graph.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a bundle announces it brings, and what it brings it announces. */
class AnnouncementsTest {

    /** Formats other than these are parts of a model format (files of tensors), without a service of their own. */
    private static final Set<String> PARTS = Set.of("safetensors", "gguf-tensors");

    private static final Map<String, Function<Void, Collection<String>>> SERVICES = Map.ofEntries(
            Map.entry("dev.transom.application", none -> names(Application.class, Application::name)),
            Map.entry("dev.transom.backend", none -> names(Backend.class, Backend::name)),
            Map.entry("dev.transom.kernels", none -> names(KernelProvider.class, KernelProvider::name)),
            Map.entry("dev.transom.task", none -> names(Task.class, Task::name)),
            Map.entry("dev.transom.sampler", none -> names(Sampler.class, Sampler::name)),
            Map.entry("dev.transom.model", none -> names(Model.class, Model::name)),
            Map.entry("dev.transom.tool", none -> names(Tool.class, Tool::name)),
            Map.entry("dev.transom.tuning", none -> names(TuningMethod.class, TuningMethod::name)),
            Map.entry("dev.transom.operation", none -> names(Operation.class, Operation::name)),
            Map.entry("dev.transom.format", none -> Stream.concat(PARTS.stream(), Stream.concat(
                    names(ModelFormat.class, ModelFormat::name).stream(),
                    names(TokenizerFormat.class, TokenizerFormat::name).stream())).toList()),
            Map.entry("dev.transom.kit", none -> flat(Services.all(CaseKit.class).stream().map(CaseKit::kinds))),
            Map.entry("dev.transom.architecture",
                    none -> flat(Services.all(Architecture.class).stream().map(Architecture::modelTypes))));

    @Test
    void everyAnnouncedNameIsBackedByAService() {
        List<String> empty = new ArrayList<>();
        for (var bundle : Services.one(Platform.class).bundles()) {
            for (Announcement announced : bundle.announces()) {
                Collection<String> there = SERVICES.get(announced.namespace()).apply(null);
                announced.values().stream()
                        .filter(value -> !there.contains(value))
                        .forEach(value -> empty.add(bundle.name() + " announces " + announced.namespace() + " " + value));
            }
        }
        assertEquals(List.of(), empty);
    }

    @Test
    void everyServiceOfAnExtensionPointIsAnnounced() {
        Map<String, Set<String>> announced = new java.util.TreeMap<>();
        Services.one(Platform.class).bundles().forEach(bundle -> bundle.announces().forEach(
                a -> announced.computeIfAbsent(a.namespace(), none -> new TreeSet<>()).addAll(a.values())));
        List<String> silent = new ArrayList<>();
        SERVICES.forEach((namespace, names) -> names.apply(null).stream()
                .filter(name -> !PARTS.contains(name))
                .filter(name -> !announced.getOrDefault(namespace, Set.of()).contains(name))
                .forEach(name -> silent.add(namespace + " " + name)));
        assertEquals(List.of(), silent);
    }

    @Test
    void thePlatformExplainsWhatIsNotInstalled() {
        assertEquals("No installed bundle announces dev.transom.architecture with model_type=nonesuch. Install one that does;"
                + " what is there: transom bundles.",
                Services.one(Platform.class).whyMissing("dev.transom.architecture", "model_type", "nonesuch"));
    }

    @Test
    void noBundleHasAProblem() {
        var problems = Services.one(Platform.class).bundles().stream()
                .filter(bundle -> !bundle.problem().isEmpty())
                .map(bundle -> bundle.name() + " " + bundle.problem())
                .toList();
        assertEquals(List.of(), problems);
        assertTrue(Services.one(Platform.class).bundles().size() > 20);
    }

    private static <T> List<String> names(Class<T> type, Function<T, String> name) {
        return Services.all(type).stream().map(name).toList();
    }

    private static List<String> flat(Stream<? extends Collection<String>> many) {
        return many.flatMap(Collection::stream).toList();
    }
}
