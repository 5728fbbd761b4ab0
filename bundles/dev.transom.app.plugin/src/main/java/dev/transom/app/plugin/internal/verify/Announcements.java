package dev.transom.app.plugin.internal.verify;

import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the manifest announces what the classes bring, and whether components bring what it announces. */
final class Announcements {

    private static final String ANNOTATION = "Ldev/transom/api/capability/Provides";
    private static final String NAMESPACE = "dev.transom.";

    /** Services that stand behind a namespace; one of them is enough. */
    private static final Map<String, List<String>> SERVICES = Map.ofEntries(
        Map.entry("dev.transom.application", List.of("dev.transom.api.application.Application")),
        Map.entry("dev.transom.architecture", List.of("dev.transom.api.architecture.Architecture")),
        Map.entry("dev.transom.backend", List.of("dev.transom.api.backend.Backend")),
        Map.entry("dev.transom.format",
            List.of("dev.transom.api.format.ModelFormat", "dev.transom.api.tokenizer.TokenizerFormat")),
        Map.entry("dev.transom.kernels", List.of("dev.transom.api.kernel.KernelProvider")),
        Map.entry("dev.transom.kit", List.of("dev.transom.api.conformance.CaseKit")),
        Map.entry("dev.transom.model", List.of("dev.transom.api.model.Model")),
        Map.entry("dev.transom.operation", List.of("dev.transom.graph.Operation")),
        Map.entry("dev.transom.sampler", List.of("dev.transom.api.sampler.Sampler")),
        Map.entry("dev.transom.task", List.of("dev.transom.api.task.Task")),
        Map.entry("dev.transom.tool", List.of("dev.transom.api.tool.Tool")),
        Map.entry("dev.transom.tuning", List.of("dev.transom.api.tuning.TuningMethod")));

    private final PluginJar jar;
    private final List<Component> components = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Set<String>> announced = new TreeMap<>();

    Announcements(PluginJar jar) {
        this.jar = jar;
    }

    List<Finding> findings() {
        readComponents();
        Clause.of(jar.header("Provide-Capability")).stream().filter(clause -> clause.path().startsWith(NAMESPACE)).forEach(clause ->
            clause.attributes().keySet().stream().filter(name -> name.equals("name") || name.equals("model_type")).forEach(name ->
                announced.computeIfAbsent(clause.path(), _ -> new TreeSet<>()).addAll(clause.list(name))));
        jar.classes().values().forEach(this::annotated);
        announced.forEach(this::backed);
        SERVICES.forEach(this::silent);
        if (findings.isEmpty()) {
            findings.add(announced.isEmpty()
                ? Finding.warn("announces", "it announces nothing, so no repository finds it by what it brings; put an annotation of"
                    + " dev.transom.api.capability on what it registers.")
                : Finding.ok("announces", announced.entrySet().stream()
                    .map(each -> each.getKey().substring(NAMESPACE.length()) + " " + String.join(", ", each.getValue()))
                    .collect(Collectors.joining("; ", "", "; each has its component."))));
        }
        return findings;
    }

    private void readComponents() {
        for (Clause listed : Clause.of(jar.header("Service-Component"))) {
            byte[] text = jar.components().get(listed.path());
            if (listed.path().contains("*")) {
                jar.components().forEach((name, each) -> read(name, each));
            } else if (text == null) {
                findings.add(Finding.fail("components", listed.path() + " stands in Service-Component; the jar has no such file."
                    + " Build it anew with bnd."));
            } else {
                read(listed.path(), text);
            }
        }
    }

    private void read(String file, byte[] text) {
        for (Component component : Component.read(file, text, findings)) {
            components.add(component);
            if (!jar.classes().containsKey(component.implementation())) {
                findings.add(Finding.fail("components", file + " names the class " + component.implementation() + "; the jar does not"
                    + " hold it. Build it anew with bnd."));
            }
        }
    }

    /** An annotation of a class stands in the manifest. */
    private void annotated(ClassModel type) {
        Stream.of(type.findAttribute(Attributes.runtimeInvisibleAnnotations()).stream().flatMap(a -> a.annotations().stream()),
                type.findAttribute(Attributes.runtimeVisibleAnnotations()).stream().flatMap(a -> a.annotations().stream()))
            .flatMap(each -> each).filter(each -> each.className().stringValue().startsWith(ANNOTATION)).forEach(each -> {
                String kind = each.className().stringValue();
                String namespace = NAMESPACE + kind.substring(ANNOTATION.length(), kind.length() - 1).toLowerCase(java.util.Locale.ROOT);
                each.elements().stream().flatMap(Announcements::texts)
                    .filter(name -> !announced.getOrDefault(namespace, Set.of()).contains(name))
                    .forEach(name -> findings.add(Finding.fail("announces", type.thisClass().asInternalName().replace('/', '.')
                        + " is annotated to bring " + namespace + " " + name + "; the manifest does not say so. Build it with"
                        + " bnd-maven-plugin.")));
            });
    }

    private static Stream<String> texts(AnnotationElement element) {
        return switch (element.value()) {
            case AnnotationValue.OfString one -> Stream.of(one.stringValue());
            case AnnotationValue.OfArray many -> many.values().stream()
                .filter(AnnotationValue.OfString.class::isInstance).map(each -> ((AnnotationValue.OfString) each).stringValue());
            default -> Stream.of();
        };
    }

    private void backed(String namespace, Set<String> names) {
        List<String> services = SERVICES.get(namespace);
        if (services == null) {
            findings.add(Finding.warn("announces", "nobody looks for capabilities of the namespace " + namespace + "; known are "
                + String.join(", ", new TreeSet<>(SERVICES.keySet())) + "."));
        } else if (components.stream().noneMatch(component -> component.services().stream().anyMatch(services::contains))
                && jar.header("Bundle-Activator") == null) {
            findings.add(Finding.fail("announces", namespace + " " + String.join(", ", names) + " is announced; no component provides "
                + String.join(" or ", services) + ". Put @Component on the class that implements it."));
        }
    }

    private void silent(String namespace, List<String> services) {
        components.stream().filter(component -> component.services().stream().anyMatch(services::contains)).findFirst()
            .filter(_ -> !announced.containsKey(namespace))
            .ifPresent(component -> findings.add(Finding.warn("announces", component.implementation() + " provides "
                + services.getFirst() + "; nothing announces it, so no repository finds it. Annotate the class with @Provides"
                + services.getFirst().substring(services.getFirst().lastIndexOf('.') + 1) + " or its like of"
                + " dev.transom.api.capability.")));
    }
}
