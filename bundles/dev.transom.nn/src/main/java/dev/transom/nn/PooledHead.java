package dev.transom.nn;

import dev.transom.api.architecture.Head;
import dev.transom.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * One vector for each row: head pooled, output {@code pooler_output [rows, width]}; no loss.
 *
 * @param pooling   how a row becomes one vector
 * @param transform what follows, BERT's pooler for one
 */
public record PooledHead(Pooling pooling, Optional<Transform> transform) implements ModelHead {

    @Override
    public Head head() {
        return new Head("pooled", List.of("pooler_output"), Head.Labels.NONE);
    }

    @Override
    public List<Value> outputs(Net net, Value hidden) {
        Value pooled = pooling.apply(net, hidden);
        return List.of(transform.map(layer -> layer.apply(net, pooled)).orElse(pooled));
    }
}
