package dev.transom.app.platform.internal;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/** Asks the JVM by name, so that no package of one vendor is imported. */
final class Machine {

    private Machine() {}

    /** Returns a HotSpot option's value, empty where the JVM has no such option. */
    static String option(String name) {
        try {
            Object answer = ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=HotSpotDiagnostic"), "getVMOption",
                    new Object[] {name}, new String[] {String.class.getName()});
            return answer instanceof CompositeData data ? String.valueOf(data.get("value")) : "";
        } catch (JMException | RuntimeException unknown) {
            return "";
        }
    }

    /** Returns a figure of the operating system in bytes, 0 where it is unknown; limits of containers count. */
    static long bytes(String attribute) {
        try {
            Object answer = ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName("java.lang:type=OperatingSystem"), attribute);
            return answer instanceof Number number ? number.longValue() : 0;
        } catch (JMException unknown) {
            return 0;
        }
    }
}
