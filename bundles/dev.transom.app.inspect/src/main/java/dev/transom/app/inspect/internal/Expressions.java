package dev.transom.app.inspect.internal;

import dev.transom.api.tensor.Binding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Binding expressions in words. */
final class Expressions {

    private Expressions() {
    }

    /** Names of all stored tensors in it. */
    static List<String> tensors(Binding binding) {
        return names(binding).distinct().toList();
    }

    private static Stream<String> names(Binding binding) {
        return switch (binding) {
            case Binding.Stored(String name) -> Stream.of(name);
            case Binding.Slice slice -> names(slice.of());
            case Binding.Permute permute -> names(permute.of());
            case Binding.Reshape reshape -> names(reshape.of());
            case Binding.Affine affine -> names(affine.of());
            case Binding.Concat concat -> concat.parts().stream().flatMap(Expressions::names);
            case Binding.Stack stack -> stack.parts().stream().flatMap(Expressions::names);
        };
    }

    static String print(Binding binding) {
        return switch (binding) {
            case Binding.Stored(String name) -> name;
            case Binding.Slice(Binding of, int axis, long start, long end) ->
                "slice(" + print(of) + ", axis " + axis + ", " + start + " to " + end + ")";
            case Binding.Permute(Binding of, List<Integer> order) -> order.equals(List.of(1, 0)) ? "transpose(" + print(of) + ")"
                : "permute(" + print(of) + ", " + order + ")";
            case Binding.Reshape(Binding of, List<Long> shape) -> "reshape(" + print(of) + ", " + shape + ")";
            case Binding.Affine(Binding of, double scale, double shift) -> scale + " · " + print(of) + " + " + shift;
            case Binding.Concat(int axis, List<Binding> parts) -> "concat(" + print(parts) + ", axis " + axis + ")";
            case Binding.Stack(List<Binding> parts) -> "stack(" + print(parts) + ")";
        };
    }

    private static String print(List<Binding> parts) {
        return parts.stream().map(Expressions::print).collect(Collectors.joining(", "));
    }
}
