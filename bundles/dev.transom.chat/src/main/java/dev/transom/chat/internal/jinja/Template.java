package dev.transom.chat.internal.jinja;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * A template in the part of Jinja that chat templates use, with the settings of transformers. Immutable, to be used from any
 * thread. Nothing of Java can be reached from a template; time and memory of parsing and rendering are bounded.
 */
public final class Template {

    private static final int LONGEST = 4_000_000;

    private final List<Statement> statements;

    private Template(List<Statement> statements) {
        this.statements = statements;
    }

    /** @throws JinjaException with the line of what is wrong */
    public static Template parse(String source) {
        if (source.length() > LONGEST) {
            throw new JinjaException(1, "a template must not be longer than " + LONGEST + " characters; it is");
        }
        return new Template(new Parser(source).template());
    }

    /**
     * Renders it.
     *
     * @param variables plain values by name: null, Boolean, Long, Double, String, List, Map with text keys
     * @param size about how many characters the variables hold; the work may grow with it
     * @param clock what {@code strftime_now} asks
     * @throws JinjaException with the line of what is wrong, or of the template's refusal
     */
    public String render(Map<String, Object> variables, long size, Clock clock) {
        Budget budget = new Budget(size);
        Scope globals = new Scope(null);
        new Globals(budget, clock).define(globals);
        Scope scope = new Scope(globals);
        variables.forEach(scope::set);
        try {
            return new Renderer(new Evaluator(budget)).render(statements, scope);
        } catch (StackOverflowError tooDeep) {
            throw budget.refusal("macros and expressions must not nest so deeply; they do");
        }
    }
}
