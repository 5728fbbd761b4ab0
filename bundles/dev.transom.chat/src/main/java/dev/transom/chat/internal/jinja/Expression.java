package dev.transom.chat.internal.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An expression of a template, with the line where it starts. */
sealed interface Expression {

    int line();

    record Literal(Object value, int line) implements Expression {}

    record Name(String name, int line) implements Expression {}

    record ListOf(List<Expression> elements, int line) implements Expression {}

    record DictOf(List<Map.Entry<Expression, Expression>> entries, int line) implements Expression {}

    /** {@code object.name}. */
    record Attribute(Expression object, String name, int line) implements Expression {}

    /** {@code object[key]}. */
    record Item(Expression object, Expression key, int line) implements Expression {}

    /** {@code object[from:to:step]}. */
    record Slice(Expression object, Optional<Expression> from, Optional<Expression> to, Optional<Expression> step, int line)
            implements Expression {}

    record Call(Expression callee, Arguments arguments, int line) implements Expression {}

    record Filter(Expression value, String name, Arguments arguments, int line) implements Expression {}

    record Test(Expression value, String name, Arguments arguments, boolean negated, int line) implements Expression {}

    record Not(Expression value, int line) implements Expression {}

    record Negative(Expression value, int line) implements Expression {}

    /** {@code and} or {@code or}: gives one of its sides. */
    record Logic(boolean and, Expression left, Expression right, int line) implements Expression {}

    /** {@code + - * / // % ** ~}. */
    record Binary(String operator, Expression left, Expression right, int line) implements Expression {}

    /** {@code a < b <= c}: operators between the operands. */
    record Comparison(Expression first, List<String> operators, List<Expression> rest, int line) implements Expression {}

    /** {@code value if condition else otherwise}. */
    record Conditional(Expression condition, Expression value, Optional<Expression> otherwise, int line) implements Expression {}

    /** Arguments of a call, by position and by name. */
    record Arguments(List<Expression> positional, Map<String, Expression> named) {
        static final Arguments NONE = new Arguments(List.of(), Map.of());
    }
}
