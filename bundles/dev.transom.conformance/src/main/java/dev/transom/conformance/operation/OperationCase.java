package dev.transom.conformance.operation;

import dev.transom.graph.Attributes;
import dev.transom.graph.CounterRandom;
import dev.transom.graph.Dim;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.ReferenceArguments.ReferenceCache;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One application of an operation: attributes, inputs, actual sizes, and the types that must come out.
 *
 * <pre>{@code
 * Dim tokens = Dim.bounded("tokens", 16);
 * OperationCase.of("rms_norm", "7 tokens").attributes("eps", 1e-5).size("tokens", 7)
 *     .reals("x", Type.f32(tokens, Dim.of(3))).reals("w", Type.f32(Dim.of(3))).gives(Type.f32(tokens, Dim.of(3)));
 * }</pre>
 *
 * @param operation      name of the operation
 * @param label          what is special about the case
 * @param attributes     attributes of the node
 * @param inputs         inputs in the operation's order
 * @param sizes          actual size of each bounded dimension, by name
 * @param gives          output types as a graph declares them
 * @param gradient   what is due of the gradient
 */
public record OperationCase(String operation, String label, Attributes attributes, List<CaseInput> inputs,
        Map<String, Long> sizes, List<Type> gives, Gradient gradient) {

    static final long SEED = 20260101;

    /** What a case expects of the gradient. */
    public enum Gradient {
        /** It agrees with central differences. */
        COMPARED,
        /** There is none, and the operation says so. */
        NONE,
        /** The outputs are not numbers, a mean of nothing for example; the gradient is zero. */
        ZERO
    }

    public OperationCase {
        inputs = List.copyOf(inputs);
        sizes = Map.copyOf(sizes);
        gives = List.copyOf(gives);
    }

    /** Begins a case; {@link Sketch#gives} completes it. */
    public static Sketch of(String operation, String label) {
        return new Sketch(operation, label);
    }

    /** Declares the inputs in a graph under construction and applies the operation. */
    public Node apply(GraphBuilder builder) {
        return builder.apply(operation, attributes, declare(builder));
    }

    /** Declares the inputs in a graph under construction. */
    public List<Value> declare(GraphBuilder builder) {
        List<Value> values = new ArrayList<>();
        for (CaseInput input : inputs) {
            values.add(input.declared() instanceof Type.CacheType cache ? builder.cache(cache)
                : builder.input(input.name(), (Type.TensorType) input.declared()));
        }
        return values;
    }

    /** The tensors that a run is given, always the same; every real is exactly a float32. */
    public Map<String, HostTensor> tensors() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        for (CaseInput input : inputs) {
            switch (input) {
                case CaseInput.Reals reals -> tensors.put(reals.name(), reals.at(sizes, tensors.size()));
                case CaseInput.Ints(String name, Type.TensorType type, int[] elements) ->
                    tensors.put(name, HostTensor.ofInts(elements.clone(), actual(type, sizes).shape().maxSizes()));
                case CaseInput.Cache _ -> { }
            }
        }
        return tensors;
    }

    /** The caches that a run is given, always the same; every real is exactly a float32. */
    public Map<String, ReferenceCache> caches() {
        Map<String, ReferenceCache> caches = new HashMap<>();
        for (CaseInput input : inputs) {
            if (input instanceof CaseInput.Cache(Type.CacheType type, int slots)) {
                caches.put(type.name(), new ReferenceCache(type, random(slots * type.kvHeads() * type.keyDim(), 1),
                    random(slots * type.kvHeads() * type.valueDim(), 2)));
            }
        }
        return caches;
    }

    /** The type with every bounded dimension at its actual size. */
    static Type.TensorType actual(Type.TensorType declared, Map<String, Long> sizes) {
        Type.TensorType type = declared;
        for (int axis = 0; axis < declared.shape().rank(); axis++) {
            if (declared.shape().dim(axis) instanceof Dim.Bounded(String name, long _)) {
                type = new Type.TensorType(type.element(), type.shape().with(axis, Dim.of(size(name, sizes))));
            }
        }
        return type;
    }

    private static long size(String name, Map<String, Long> sizes) {
        if (sizes.containsKey(name)) {
            return sizes.get(name);
        }
        int plus = name.lastIndexOf('+'); // as Dim.plus names a sum
        if (plus < 0) {
            return Long.parseLong(name);
        }
        return size(name.substring(0, plus), sizes) + size(name.substring(plus + 1), sizes);
    }

    private static double[] random(int elements, int stream) {
        double[] reals = new double[elements];
        for (int i = 0; i < elements; i++) {
            reals[i] = CaseInput.Draw.AROUND_ZERO.from(CounterRandom.uniform(SEED, 1000 + stream, 0, i));
        }
        return HostTensor.ofReals(reals, elements).rounded().reals();
    }

    @Override
    public String toString() {
        return operation + " (" + label + ")";
    }

    /** A case being written. */
    public static final class Sketch {

        private final String operation;
        private final String label;
        private final List<CaseInput> inputs = new ArrayList<>();
        private final Map<String, Long> sizes = new HashMap<>();
        private Attributes attributes = Attributes.NONE;
        private Gradient gradient = Gradient.COMPARED;

        private Sketch(String operation, String label) {
            this.operation = operation;
            this.label = label;
        }

        /** Attributes as alternating names and values. */
        public Sketch attributes(Object... namesAndValues) {
            return attributes(Attributes.of(namesAndValues));
        }

        public Sketch attributes(Attributes all) {
            attributes = all;
            return this;
        }

        /** The actual size of a bounded dimension. */
        public Sketch size(String dimension, long size) {
            sizes.put(dimension, size);
            return this;
        }

        /** Random reals around zero, of which a gradient is due. */
        public Sketch reals(String name, Type.TensorType type) {
            return reals(name, type, CaseInput.Draw.AROUND_ZERO);
        }

        /** Random reals of which a gradient is due. */
        public Sketch reals(String name, Type.TensorType type, CaseInput.Draw draw) {
            inputs.add(new CaseInput.Reals(name, type, draw, true));
            return this;
        }

        /** Random reals of which no gradient is due: a table, a shape to imitate. */
        public Sketch fixed(String name, Type.TensorType type) {
            inputs.add(new CaseInput.Reals(name, type, CaseInput.Draw.AROUND_ZERO, false));
            return this;
        }

        /** Integers as given. */
        public Sketch ints(String name, Type.TensorType type, int... elements) {
            inputs.add(new CaseInput.Ints(name, type, elements));
            return this;
        }

        /** A cache with random contents. */
        public Sketch cache(Type.CacheType type, int slots) {
            inputs.add(new CaseInput.Cache(type, slots));
            return this;
        }

        /** The operation has no gradient and must say so. */
        public Sketch withoutGradient() {
            gradient = Gradient.NONE;
            return this;
        }

        /** The outputs are not numbers, a mean of nothing for example; the gradient must be zero. */
        public Sketch notANumber() {
            gradient = Gradient.ZERO;
            return this;
        }

        /** Completes the case by the output types that must come out. */
        public OperationCase gives(Type... types) {
            return new OperationCase(operation, label, attributes, inputs, sizes, List.of(types), gradient);
        }
    }
}
