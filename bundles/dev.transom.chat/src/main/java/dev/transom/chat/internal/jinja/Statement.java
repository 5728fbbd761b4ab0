package dev.transom.chat.internal.jinja;

import java.util.List;
import java.util.Optional;

/** A part of a template that is rendered, with the line where it starts. */
sealed interface Statement {

    int line();

    record Text(String text, int line) implements Statement {}

    record Output(Expression value, int line) implements Statement {}

    record If(List<Branch> branches, List<Statement> otherwise, int line) implements Statement {}

    record Branch(Expression condition, List<Statement> body) {}

    record For(List<String> targets, Expression iterable, Optional<Expression> condition, List<Statement> body,
            List<Statement> otherwise, int line) implements Statement {}

    /** {@code set a, b = value}. */
    record Set(List<String> targets, Expression value, int line) implements Statement {}

    /** {@code set namespace.attribute = value}. */
    record SetAttribute(String namespace, String attribute, Expression value, int line) implements Statement {}

    /** {@code set name}…{@code endset}; the filters are applied to a name that stands for the text. */
    record SetBlock(String target, List<Statement> body, Optional<Expression> filtered, int line) implements Statement {}

    /** {@code filter name}…{@code endfilter}; the filters are applied to the variable that stands for the text. */
    record FilterBlock(List<Statement> body, String variable, Expression filtered, int line) implements Statement {}

    record MacroDefinition(String name, List<Parameter> parameters, List<Statement> body, int line) implements Statement {}

    record Parameter(String name, Optional<Expression> otherwise) {}

    /** Statements in a scope of their own: {@code with}. */
    record With(List<Set> assignments, List<Statement> body, int line) implements Statement {}

    record Break(int line) implements Statement {}

    record Continue(int line) implements Statement {}
}
