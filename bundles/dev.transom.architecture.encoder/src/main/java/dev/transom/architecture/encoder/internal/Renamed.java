package dev.transom.architecture.encoder.internal;

import dev.transom.api.architecture.Head;
import dev.transom.graph.Value;
import dev.transom.nn.ModelHead;
import dev.transom.nn.Net;
import java.util.List;

/** A head whose one output is called otherwise. */
record Renamed(ModelHead of, String output) implements ModelHead {

    @Override
    public Head head() {
        return new Head(of.head().name(), List.of(output), of.head().labels());
    }

    @Override
    public List<Value> outputs(Net net, Value hidden) {
        return of.outputs(net, hidden);
    }

    @Override
    public Value loss(Net net, Value hidden, List<Value> outputs) {
        return of.loss(net, hidden, outputs);
    }
}
