package dev.transom.chat.internal.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Renders statements to text. Belongs to one rendering. */
final class Renderer {

    /** How statements go on. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private final Evaluator evaluator;
    private final Budget budget;

    Renderer(Evaluator evaluator) {
        this.evaluator = evaluator;
        budget = evaluator.budget();
    }

    String render(List<Statement> statements, Scope scope) {
        StringBuilder out = new StringBuilder();
        run(statements, scope, out);
        return out.toString();
    }

    private Flow run(List<Statement> statements, Scope scope, StringBuilder out) {
        for (Statement statement : statements) {
            budget.enter(statement.line());
            Flow flow = run(statement, scope, out);
            budget.leave();
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow run(Statement statement, Scope scope, StringBuilder out) {
        switch (statement) {
            case Statement.Text text -> write(text.text(), out);
            case Statement.Output output -> write(Values.text(evaluator.value(output.value(), scope), budget), out);
            case Statement.If branches -> {
                return branch(branches, scope, out);
            }
            case Statement.For loop -> loop(loop, scope, out);
            case Statement.Set set -> assign(set.targets(), evaluator.value(set.value(), scope), scope, set.line());
            case Statement.SetAttribute set -> {
                if (!(scope.get(set.namespace()) instanceof Namespace namespace)) {
                    throw new JinjaException(set.line(), Values.quoted(set.namespace()) + " must be a namespace for its attributes to be set; it is "
                            + Values.kind(scope.get(set.namespace())));
                }
                namespace.attributes().put(set.attribute(), evaluator.value(set.value(), scope));
            }
            case Statement.SetBlock set -> {
                scope.set(set.target(), render(set.body(), new Scope(scope)));
                set.filtered().ifPresent(filtered -> scope.set(set.target(), evaluator.value(filtered, scope)));
            }
            case Statement.FilterBlock block -> {
                Scope inner = new Scope(scope);
                inner.set(block.variable(), render(block.body(), inner));
                write(Values.text(evaluator.value(block.filtered(), inner), budget), out);
            }
            case Statement.MacroDefinition macro -> scope.set(macro.name(), (Function) (positional, named) -> call(macro, scope, positional, named));
            case Statement.With with -> {
                Scope inner = new Scope(scope);
                with.assignments().forEach(set -> assign(set.targets(), evaluator.value(set.value(), scope), inner, set.line()));
                return run(with.body(), inner, out);
            }
            case Statement.Break _ -> {
                return Flow.BREAK;
            }
            case Statement.Continue _ -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.ON;
    }

    private void write(String text, StringBuilder out) {
        budget.make(text.length());
        out.append(text);
    }

    private Flow branch(Statement.If branches, Scope scope, StringBuilder out) {
        for (Statement.Branch branch : branches.branches()) {
            if (Values.truth(evaluator.value(branch.condition(), scope))) {
                return run(branch.body(), scope, out);
            }
        }
        return run(branches.otherwise(), scope, out);
    }

    private void assign(List<String> targets, Object value, Scope scope, int line) {
        if (targets.size() == 1) {
            scope.set(targets.getFirst(), value);
            return;
        }
        List<Object> parts = Values.elements(value, budget);
        if (parts.size() != targets.size()) {
            throw new JinjaException(line, targets.size() + " variables must get as many values; they get " + parts.size());
        }
        for (int i = 0; i < targets.size(); i++) {
            scope.set(targets.get(i), parts.get(i));
        }
    }

    private void loop(Statement.For loop, Scope scope, StringBuilder out) {
        List<Object> elements = Values.elements(evaluator.value(loop.iterable(), scope), budget);
        if (loop.condition().isPresent()) {
            List<Object> kept = new ArrayList<>();
            for (Object element : elements) {
                Scope inner = new Scope(scope);
                assign(loop.targets(), element, inner, loop.line());
                if (Values.truth(evaluator.value(loop.condition().get(), inner))) {
                    budget.make(1);
                    kept.add(element);
                }
            }
            elements = kept;
        }
        LoopChanges changes = new LoopChanges(budget);
        for (int i = 0; i < elements.size(); i++) {
            budget.step(loop.line());
            budget.make(16);
            Scope inner = new Scope(scope);
            inner.set("loop", position(elements, i, changes));
            assign(loop.targets(), elements.get(i), inner, loop.line());
            if (run(loop.body(), inner, out) == Flow.BREAK) {
                break;
            }
        }
        if (elements.isEmpty()) {
            run(loop.otherwise(), new Scope(scope), out);
        }
    }

    private Namespace position(List<Object> elements, int index, LoopChanges changes) {
        Namespace loop = new Namespace();
        Map<String, Object> facts = loop.attributes();
        int length = elements.size();
        facts.put("index", index + 1L);
        facts.put("index0", (long) index);
        facts.put("revindex", (long) length - index);
        facts.put("revindex0", length - index - 1L);
        facts.put("first", index == 0);
        facts.put("last", index == length - 1);
        facts.put("length", (long) length);
        facts.put("depth", 1L);
        facts.put("depth0", 0L);
        facts.put("previtem", index > 0 ? elements.get(index - 1) : new Undefined("loop.previtem"));
        facts.put("nextitem", index + 1 < length ? elements.get(index + 1) : new Undefined("loop.nextitem"));
        facts.put("cycle", (Function) (values, _) -> {
            if (values.isEmpty()) {
                throw budget.refusal("loop.cycle must get values; it gets none");
            }
            return values.get(index % values.size());
        });
        facts.put("changed", changes);
        return loop;
    }

    private Object call(Statement.MacroDefinition macro, Scope defined, List<Object> positional, Map<String, Object> named) {
        budget.enter(budget.line());
        List<Statement.Parameter> parameters = macro.parameters();
        if (positional.size() > parameters.size()) {
            throw budget.refusal("the macro " + macro.name() + " takes " + parameters.size() + " arguments; it gets " + positional.size());
        }
        for (String name : named.keySet()) {
            if (parameters.stream().noneMatch(parameter -> parameter.name().equals(name))) {
                throw budget.refusal("the macro " + macro.name() + " takes no argument " + Values.quoted(name));
            }
        }
        Scope scope = new Scope(defined);
        for (int i = 0; i < parameters.size(); i++) {
            Statement.Parameter parameter = parameters.get(i);
            Object value = i < positional.size() ? positional.get(i)
                    : named.containsKey(parameter.name()) ? named.get(parameter.name())
                    : parameter.otherwise().isPresent() ? evaluator.value(parameter.otherwise().get(), scope)
                    : new Undefined(parameter.name());
            scope.set(parameter.name(), value);
        }
        String text = render(macro.body(), scope);
        budget.leave();
        return text;
    }
}
