package dev.transom.example.activation.internal;

import dev.transom.api.capability.ProvidesOperation;
import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.GradientContext;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/**
 * y = x · tanh(softplus(x)) element by element. dx = (t + x · (1 − t²) · sigmoid(x)) · dy with t = tanh(softplus(x)).
 * R1 x is F32.
 * Misra 2019, arXiv 1908.08681; ONNX Mish.
 */
@Component
@ProvidesOperation(name = Mish.NAME)
public final class Mish implements Operation {

    static final String NAME = "mish";

    /** Softplus and tanh count four each, as elsewhere; one product. */
    private static final double FLOPS = 9;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(1, inputs);
        return List.of(Rules.real(inputs, 0, "x")); // R1
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        GraphBuilder g = context.builder();
        Value x = context.input(0);
        Value t = gate(g, x);
        Value slope = g.mul(g.affine(g.unary("square", t), -1, 1), g.unary("sigmoid", x)); // of t
        return List.of(g.mul(g.add(t, g.mul(x, slope)), context.dy()));
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(FLOPS, inputs, outputs);
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] x = run.reals(0);
        double[] y = run.outReals(0);
        for (int i = 0; i < y.length; i++) {
            // log(1 + exp(x)) written so that a large x does not overflow
            y[i] = x[i] * Math.tanh(Math.max(x[i], 0) + Math.log1p(Math.exp(-Math.abs(x[i]))));
        }
    }

    /** A backend that has no kernel of the name runs these three operations. */
    @Override
    public Optional<List<Value>> decompose(GraphBuilder g, Attributes attributes, List<Value> inputs) {
        Value x = inputs.getFirst();
        return Optional.of(List.of(g.mul(x, gate(g, x))));
    }

    private static Value gate(GraphBuilder g, Value x) {
        return g.unary("tanh", g.unary("softplus", x));
    }
}
