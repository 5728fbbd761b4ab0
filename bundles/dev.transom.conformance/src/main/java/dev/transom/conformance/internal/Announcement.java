package dev.transom.conformance.internal;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.util.ArrayList;
import java.util.List;

/** What a class announces by an annotation that only its class file keeps. */
public final class Announcement {

    private Announcement() {
    }

    /** Adds a sentence when the class does not announce the name. */
    public static void check(Object plugin, String name, Class<?> annotation, List<String> broken) {
        List<String> announced = names(plugin.getClass(), annotation);
        if (!announced.contains(name)) {
            broken.add("the class must carry @" + annotation.getSimpleName() + "(name = \"" + name + "\"); it announces "
                + (announced.isEmpty() ? "nothing." : announced + "."));
        }
    }

    private static List<String> names(Class<?> type, Class<?> annotation) {
        List<String> names = new ArrayList<>();
        model(type).findAttribute(Attributes.runtimeInvisibleAnnotations()).ifPresent(all -> all.annotations().stream()
            .filter(each -> each.className().equalsString(annotation.descriptorString()))
            .flatMap(each -> each.elements().stream())
            .filter(element -> element.name().equalsString("name"))
            .forEach(element -> add(element.value(), names)));
        return names;
    }

    private static ClassModel model(Class<?> type) {
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(type + " has no class file to read its announcement from");
            }
            return ClassFile.of().parse(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static void add(AnnotationValue value, List<String> names) {
        switch (value) {
            case AnnotationValue.OfString text -> names.add(text.stringValue());
            case AnnotationValue.OfArray array -> array.values().forEach(each -> add(each, names));
            default -> { }
        }
    }
}
