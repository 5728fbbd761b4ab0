package dev.transom.nn;

import dev.transom.graph.Value;
import java.util.Optional;

/**
 * How ids become the first rows of a stack: table row · scale, plus position, plus token type, then a norm, and a projection
 * {@code embedding_proj} if the table is narrower or wider than the stack: last and with bias as ELECTRA, or before positions
 * are added and without bias as OPT.
 *
 * @param table      whole name of the table, shared by all that name it
 * @param vocabulary rows of the table
 * @param width      width of the table
 * @param scale      factor of table rows
 * @param types      token types, 0 without: table {@code token_type.weight}
 * @param norm       norm of the sum: {@code STACK.embedding_norm}
 * @param projected  where the projection stands
 */
public record Embedding(String table, int vocabulary, int width, double scale, int types, Optional<Norm> norm,
        Projection projected) {

    /** Where a projection stands. */
    public enum Projection {
        /** Before positions are added, without bias. */
        FIRST,
        /** After the norm, with bias. */
        LAST
    }

    public static Embedding of(int vocabulary, int width) {
        return new Embedding("embedding", vocabulary, width, 1, 0, Optional.empty(), Projection.LAST);
    }

    public Embedding scaled(double scale) {
        return new Embedding(table, vocabulary, width, scale, types, norm, projected);
    }

    public Embedding withTypes(int types) {
        return new Embedding(table, vocabulary, width, scale, types, norm, projected);
    }

    public Embedding with(Norm norm) {
        return new Embedding(table, vocabulary, width, scale, types, Optional.of(norm), projected);
    }

    public Embedding called(String table) {
        return new Embedding(table, vocabulary, width, scale, types, norm, projected);
    }

    public Embedding projectedFirst() {
        return new Embedding(table, vocabulary, width, scale, types, norm, Projection.FIRST);
    }

    /** The table {@code [vocabulary, width]}. */
    Value weight(Net net) {
        return net.shared(table + ".weight", vocabulary, width);
    }

    /** @param given whether rows are given as an input (already scaled) in place of ids */
    Value apply(Net net, Side side, Position position, int hidden, double dropout, boolean given) {
        Value x = given ? side.embeddings(width) : rows(net, side);
        boolean first = projected == Projection.FIRST;
        x = first && width != hidden ? net.linear("embedding_proj", x, hidden, false) : x;
        x = position.embed(net, side, x);
        if (types > 0) {
            x = net.g().add(x, net.g().gather(net.shared("token_type.weight", types, x.shape().last().max()), side.tokenTypes()));
        }
        Value sum = x;
        Value normed = norm.map(layer -> layer.apply(net, "embedding_norm", sum)).orElse(sum);
        Value dropped = net.dropout(normed, dropout);
        return first || width == hidden ? dropped : net.linear("embedding_proj", dropped, hidden, true);
    }

    private Value rows(Net net, Side side) {
        Value rows = net.g().gather(weight(net), side.tokens());
        return scale == 1 ? rows : net.g().scale(rows, scale);
    }
}
