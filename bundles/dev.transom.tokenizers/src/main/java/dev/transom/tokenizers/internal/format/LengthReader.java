package dev.transom.tokenizers.internal.format;

import dev.transom.api.tokenizer.Padding;
import dev.transom.api.tokenizer.Side;
import dev.transom.api.tokenizer.Truncation;

/** Reads the members {@code truncation} and {@code padding} of tokenizer.json. */
final class LengthReader {

    private LengthReader() {}

    static Truncation truncation(JsonNode node) {
        Truncation.Strategy strategy = switch (node.string("strategy", "LongestFirst")) {
            case "LongestFirst" -> Truncation.Strategy.LONGEST_FIRST;
            case "OnlyFirst" -> Truncation.Strategy.ONLY_FIRST;
            case "OnlySecond" -> Truncation.Strategy.ONLY_SECOND;
            default -> throw node.get("strategy").refuse("LongestFirst, OnlyFirst or OnlySecond");
        };
        return new Truncation(node.get("max_length").count(), node.count("stride", 0), strategy, side(node));
    }

    static Padding padding(JsonNode node) {
        JsonNode strategy = node.get("strategy");
        boolean longest = strategy.isString() || strategy.isNull();
        if (strategy.isString() && !strategy.string().equals("BatchLongest")) {
            throw strategy.refuse("BatchLongest or an object with Fixed");
        }
        int length = longest ? Padding.LONGEST : strategy.get("Fixed").count();
        return new Padding(length, node.count("pad_to_multiple_of", 0), node.count("pad_id", 0),
                node.count("pad_type_id", 0), node.string("pad_token", "[PAD]"), side(node));
    }

    private static Side side(JsonNode node) {
        return switch (node.string("direction", "Right")) {
            case "Right" -> Side.RIGHT;
            case "Left" -> Side.LEFT;
            default -> throw node.get("direction").refuse("Left or Right");
        };
    }
}
