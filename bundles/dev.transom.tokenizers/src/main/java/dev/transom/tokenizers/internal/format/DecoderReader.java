package dev.transom.tokenizers.internal.format;

import dev.transom.tokenizers.internal.decoder.ByteFallbackDecoder;
import dev.transom.tokenizers.internal.decoder.ByteLevelDecoder;
import dev.transom.tokenizers.internal.decoder.CtcDecoder;
import dev.transom.tokenizers.internal.decoder.Decoder;
import dev.transom.tokenizers.internal.decoder.MetaspaceDecoder;
import dev.transom.tokenizers.internal.decoder.ReplaceDecoder;
import dev.transom.tokenizers.internal.decoder.StripDecoder;
import dev.transom.tokenizers.internal.decoder.WordPieceDecoder;
import dev.transom.tokenizers.internal.pretokenizer.Metaspace;

/** Reads the member {@code decoder} of tokenizer.json. */
final class DecoderReader {

    private DecoderReader() {}

    static Decoder read(JsonNode node) {
        return switch (node.type()) {
            case "Sequence" -> Decoder.sequence(node.get("decoders").list().stream().map(DecoderReader::read).toList());
            case "ByteLevel" -> new ByteLevelDecoder();
            case "WordPiece" -> new WordPieceDecoder(node.string("prefix", "##"), node.bool("cleanup", true));
            case "Metaspace" -> new MetaspaceDecoder(node.get("replacement").codePoint(),
                    PreTokenizerReader.prepend(node) != Metaspace.Prepend.NEVER);
            case "BPEDecoder" -> Decoder.bpe(node.string("suffix", "</w>"));
            case "ByteFallback" -> new ByteFallbackDecoder();
            case "Fuse" -> Decoder.fuse();
            case "Strip" ->
                    new StripDecoder(node.get("content").codePoint(), node.count("start", 0), node.count("stop", 0));
            case "Replace" -> new ReplaceDecoder(Patterns.read(node.get("pattern")), node.get("content").string());
            case "CTC" -> new CtcDecoder(node.string("pad_token", "<pad>"), node.string("word_delimiter_token", "|"),
                    node.bool("cleanup", true));
            default -> throw node.get("type").refuse("a known decoder");
        };
    }
}
