package dev.transom.conformance;

import java.util.List;
import java.util.function.Consumer;

/** One thing that a plugin must do: a name that is unique in its kit, and the check itself. */
public final class Check {

    private final String name;
    private final Consumer<List<String>> body;

    /** @param body adds one sentence for each thing that is wrong */
    public Check(String name, Consumer<List<String>> body) {
        this.name = name;
        this.body = body;
    }

    public String name() {
        return name;
    }

    /** Runs the check: one sentence for each thing that is wrong, empty when all is right; an exception is one of them. */
    public List<String> broken() {
        List<String> broken = new java.util.ArrayList<>();
        try {
            body.accept(broken);
        } catch (RuntimeException | LinkageError thrown) {
            StackTraceElement[] trace = thrown.getStackTrace();
            broken.add("it must run; it threw " + thrown + (trace.length == 0 ? "" : " at " + trace[0]) + ".");
        }
        return List.copyOf(broken);
    }

    @Override
    public String toString() {
        return name;
    }
}
