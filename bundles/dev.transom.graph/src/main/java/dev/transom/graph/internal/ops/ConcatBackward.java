package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import java.util.List;

/**
 * Cuts dy along one axis into pieces of the parts' shapes: the gradient of concat. It has no gradient itself.
 * R1 dy and parts are F32, at least one part. R2 axis is one of dy's. R3 dy has the shape that concat gives the parts.
 */
final class ConcatBackward implements Operation {

    @Override
    public String name() {
        return "concat_backward";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Type.TensorType dy = Rules.real(inputs, 0, "dy"); // R1
        List<Type> parts = inputs.subList(1, inputs.size());
        Axes.of(attributes, dy); // R2
        Type joined = new Concat().types(attributes, parts).getFirst(); // R1, R3
        Rules.require(joined.equals(dy), "dy must have the shape of the parts joined", Rules.parties("dy", dy, "joined", joined));
        return List.copyOf(parts);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return new Cost(0, 2 * Cost.traffic(outputs));
    }

    @Override
    public void reference(ReferenceArguments run) {
        int axis = run.attributes().int32("axis");
        int inner = Axes.inner(run.shape(0), axis);
        int stride = run.shape(0)[axis] * inner;
        double[] dy = run.reals(0);
        int start = 0;
        for (int part = 0; part < run.inputs() - 1; part++) {
            double[] dx = run.outReals(part);
            int block = run.outShape(part)[axis] * inner;
            for (int to = 0, from = start; to < dx.length; to += block, from += stride) {
                System.arraycopy(dy, from, dx, to, block);
            }
            start += block;
        }
    }
}
