package dev.transom.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

class NeededBundlesTest {

    private final Bundle generate = bundle("generate", false, application("generate", "alone", "true"), application("quickstart"));
    private final Bundle doctor = bundle("doctor", true, application("doctor"));
    private final Bundle kernels = bundle("kernels", false, capability("dev.transom.kernels", Map.of("name", "vector")));
    private final Bundle components = bundle("components", true);
    private final Bundle runtime = bundle("scr", false, capability("osgi.extender", Map.of()));
    private final Bundle log = bundle("log", false);
    private final List<Bundle> all = List.of(generate, doctor, kernels, components, runtime, log);

    @Test
    void leavesOutOtherCommandsAndWhatAnnouncesNothing() {
        assertEquals(List.of(generate, kernels, components, runtime), NeededBundles.of(all, "generate"));
    }

    @Test
    void startsAllForACommandThatDoesNotRunAlone() {
        assertEquals(all, NeededBundles.of(all, "quickstart"));
        assertEquals(all, NeededBundles.of(all, "doctor"));
    }

    @Test
    void startsAllForANameThatNobodyAnnounces() {
        assertEquals(all, NeededBundles.of(all, "genrate"));
        assertEquals(all, NeededBundles.of(all, ""));
    }

    private static BundleCapability application(String name, String... more) {
        Map<String, Object> attributes = new java.util.HashMap<>(Map.of("name", List.of(name)));
        for (int i = 0; i < more.length; i += 2) {
            attributes.put(more[i], more[i + 1]);
        }
        return capability("dev.transom.application", attributes);
    }

    private static BundleCapability capability(String namespace, Map<String, Object> attributes) {
        return answering(BundleCapability.class, Map.of("getNamespace", namespace, "getAttributes", attributes));
    }

    private static Bundle bundle(String name, boolean components, BundleCapability... capabilities) {
        BundleRevision revision = (BundleRevision) Proxy.newProxyInstance(NeededBundlesTest.class.getClassLoader(),
            new Class<?>[] {BundleRevision.class}, (_, _, arguments) -> Arrays.stream(capabilities)
                .filter(capability -> arguments[0] == null || arguments[0].equals(capability.getNamespace())).toList());
        Dictionary<String, String> headers = new Hashtable<>(components ? Map.of("Service-Component", "OSGI-INF/a.xml") : Map.of());
        return answering(Bundle.class, Map.of("adapt", revision, "getHeaders", headers, "toString", name));
    }

    /** An object whose methods give what the table says; equal to itself alone. */
    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(NeededBundlesTest.class.getClassLoader(), new Class<?>[] {type},
            (self, method, arguments) -> switch (method.getName()) {
                case "equals" -> self == arguments[0];
                case "hashCode" -> System.identityHashCode(self);
                default -> answers.get(method.getName());
            }));
    }
}
