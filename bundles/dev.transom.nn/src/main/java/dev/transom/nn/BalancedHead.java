package dev.transom.nn;

import dev.transom.api.architecture.GraphRequest.Extra;
import dev.transom.api.architecture.Head;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Shape;
import dev.transom.graph.Value;
import java.util.List;

/**
 * Another head whose loss may also ask for even use of experts: experts · Σ_e f_e · p_e, where f_e counts how often expert e was
 * chosen and p_e sums its probability, each over all tokens and layers and divided by their number. Fedus et al. 2022, "Switch
 * Transformers", equations 4 to 6; summed over the places of a choice. See {@link Extra#AUXILIARY_LOSS}.
 *
 * @param of          the head
 * @param experts     experts of a layer
 * @param chosen      how many a token uses
 * @param coefficient of the auxiliary loss
 * @param added       whether {@code loss} includes it
 */
public record BalancedHead(ModelHead of, int experts, int chosen, double coefficient, boolean added) implements ModelHead {

    @Override
    public Head head() {
        return of.head();
    }

    @Override
    public List<Value> outputs(Net net, Value hidden) {
        return of.outputs(net, hidden);
    }

    @Override
    public Value loss(Net net, Value hidden, List<Value> outputs) {
        Value loss = of.loss(net, hidden, outputs);
        boolean asked = net.request().extras().contains(Extra.AUXILIARY_LOSS);
        if (net.routings().isEmpty() || !added && !asked) {
            return loss;
        }
        GraphBuilder g = net.g();
        Value auxiliary = auxiliary(net);
        Value both = g.add(loss, g.scale(auxiliary, coefficient));
        if (asked) {
            g.output("aux_loss", auxiliary);
            g.output("loss_with_aux", both);
        }
        return added ? both : loss;
    }

    private Value auxiliary(Net net) {
        GraphBuilder g = net.g();
        Value one = g.constant(Shape.of(1), 1);
        Value none = net.vector(new double[experts]);
        Value counts = none;
        Value sums = none;
        Value choices = g.constant(Shape.of(1), 0);
        for (Routing routing : net.routings()) {
            Value ones = g.broadcastTo(one, routing.weights());
            counts = g.add(counts, g.scatterAdd(ones, routing.ids(), none));
            sums = g.add(sums, g.sumTo(routing.scores(), none));
            choices = g.add(choices, g.sumAll(ones));
        }
        Value tokens = g.scale(choices, 1.0 / chosen);
        Value product = g.mul(g.div(counts, tokens), g.div(sums, tokens));
        return g.scale(g.sumAll(product), experts);
    }
}
