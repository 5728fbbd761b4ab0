package dev.transom.chat.internal.jinja;

import java.util.List;
import java.util.Map;

/** {@code loop.changed(…)}: whether its arguments differ from those of the call before. */
final class LoopChanges implements Function {

    private final Budget budget;
    private List<Object> before;

    LoopChanges(Budget budget) {
        this.budget = budget;
    }

    @Override
    public Object call(List<Object> arguments, Map<String, Object> named) {
        boolean changed = before == null || !Values.equal(before, arguments, budget);
        before = arguments;
        return changed;
    }
}
