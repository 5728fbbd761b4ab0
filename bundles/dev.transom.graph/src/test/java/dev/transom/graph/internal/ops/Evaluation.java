package dev.transom.graph.internal.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.graph.Attributes;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.GraphException;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Operations;
import dev.transom.graph.Precision;
import dev.transom.graph.ReferenceRun;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Applies one operation to given tensors or types. */
final class Evaluation {

    private Evaluation() {
    }

    /** All outputs of one operation in float64. */
    static List<HostTensor> outputs(String operation, Attributes attributes, HostTensor... inputs) {
        GraphBuilder g = new GraphBuilder(Operations.core());
        Map<String, HostTensor> given = new HashMap<>();
        Value[] values = new Value[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            values[i] = g.input("input" + i, inputs[i].tensorType());
            given.put("input" + i, inputs[i]);
        }
        var node = g.apply(operation, attributes, List.of(values));
        for (int i = 0; i < node.types().size(); i++) {
            g.output("y" + i, node.output(i));
        }
        return List.copyOf(new ReferenceRun(g.build(), Operations.core(), Precision.FLOAT64).run(given, Map.of()).values());
    }

    /** The only output of one operation in float64. */
    static HostTensor output(String operation, Attributes attributes, HostTensor... inputs) {
        return outputs(operation, attributes, inputs).getFirst();
    }

    static HostTensor output(String operation, HostTensor... inputs) {
        return output(operation, Attributes.NONE, inputs);
    }

    /** The output type of one operation at types that may be bounded. */
    static Type type(String operation, Attributes attributes, Type... inputs) {
        return Operations.core().get(operation).types(attributes, List.of(inputs)).getFirst();
    }

    /** Fails unless the operation refuses the types with exactly this sentence, place included. */
    static void refuses(String sentence, String operation, Attributes attributes, Type... inputs) {
        GraphBuilder g = new GraphBuilder(Operations.core());
        Value[] values = new Value[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            values[i] = inputs[i] instanceof Type.TensorType tensor ? g.input("input" + i, tensor)
                : g.cache((Type.CacheType) inputs[i]);
        }
        GraphException refusal = assertThrows(GraphException.class, () -> g.op(operation, attributes, values));
        assertEquals(sentence, refusal.getMessage());
    }

    static HostTensor reals(double[] elements, long... shape) {
        return HostTensor.ofReals(elements, shape);
    }

    /** A one-dimensional tensor. */
    static HostTensor row(double... elements) {
        return HostTensor.ofReals(elements, elements.length);
    }

    static HostTensor ids(int... elements) {
        return HostTensor.ofInts(elements, elements.length);
    }
}
