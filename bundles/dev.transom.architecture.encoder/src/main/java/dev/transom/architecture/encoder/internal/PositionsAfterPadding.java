package dev.transom.architecture.encoder.internal;

import dev.transom.graph.Value;
import dev.transom.nn.Net;
import dev.transom.nn.Position;
import dev.transom.nn.Side;

/**
 * RoBERTa's learned positions: the table's first rows belong to padding, position 0 reads the row after them. The parameter is
 * the whole table, as checkpoints store and count it.
 *
 * @param first row that position 0 reads
 * @param rows  of the table
 */
record PositionsAfterPadding(int first, int rows) implements Position {

    @Override
    public Value embed(Net net, Side side, Value x) {
        Value table = net.shared("position.weight", rows, x.shape().last().max());
        return net.g().add(x, net.g().gather(net.g().slice(table, 0, first, rows), side.positions()));
    }

    @Override
    public String label() {
        return "learned positions";
    }
}
