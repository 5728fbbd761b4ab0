package dev.transom.tokenizers.internal.gguf;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.api.tokenizer.VocabularyReader;
import dev.transom.tokenizers.internal.AddedToken;
import dev.transom.tokenizers.internal.PipelineTokenizer;
import dev.transom.tokenizers.internal.text.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Tokenizers of the vocabularies inside GGUF files, with llama.cpp's answers: markers are recognised in texts as with its
 * {@code parse_special}. Source: llama.cpp, {@code src/llama-vocab.cpp}.
 */
@Component(service = VocabularyReader.class)
public final class GgufVocabulary implements VocabularyReader {

    /** Ends of turns and of texts, which are markers whatever type their file gives them. */
    private static final Set<String> ENDS = Set.of("<|eot_id|>", "<|im_end|>", "<|end|>", "<|return|>", "<|call|>", "<end_of_turn>",
            "<|endoftext|>", "<|eom_id|>", "<|end_of_text|>", "<end_of_utterance>", "<EOT>", "[EOT]", "<｜end▁of▁sentence｜>");
    /** Parts of gpt-oss's messages, which stay visible. */
    private static final Set<String> SHOWN = Set.of("<|channel|>", "<|message|>", "<|start|>", "<|constrain|>");

    @Override
    public Tokenizer read(String where, Config metadata) {
        return read(where, metadata, true);
    }

    /** @param parseSpecial whether markers are recognised in texts */
    static Tokenizer read(String where, Config metadata, boolean parseSpecial) {
        String model = metadata.text(GgufTokens.PREFIX + "model")
                .orElseThrow(() -> metadata.missing(GgufTokens.PREFIX + "model"));
        GgufPipeline pipelines = switch (model) {
            case "llama" -> GgufPipelines::scored;
            case "gpt2" -> GgufPipelines::bytePairs;
            case "gemma4" -> GgufPipelines::wholeTextPairs;
            case "bert" -> GgufPipelines::wordPieces;
            case "t5" -> GgufPipelines::unigram;
            default -> throw new TransomException(where + ": " + GgufTokens.PREFIX + "model must be llama, gpt2, gemma4, bert or "
                    + "t5; got " + Quoted.of(model) + ". Use the model's Hugging Face folder.");
        };
        GgufTokens tokens = new GgufTokens(where, metadata);
        return new PipelineTokenizer(pipelines.of(tokens, added(tokens, parseSpecial)));
    }

    private static List<AddedToken> added(GgufTokens tokens, boolean parseSpecial) {
        List<AddedToken> added = new ArrayList<>();
        boolean stripsRight = tokens.modelName().contains("phi-3") || tokens.modelName().contains("phi3");
        for (int id = 0; id < tokens.texts.size(); id++) {
            String text = tokens.texts.get(id);
            int type = tokens.type(id);
            if (text.isEmpty()) {
                continue;
            }
            boolean bracketed = text.charAt(0) == '<' || text.charAt(0) == '[';
            boolean marker = type == GgufTokens.CONTROL || type == GgufTokens.UNKNOWN || bracketed && ENDS.contains(text);
            if (marker && !SHOWN.contains(text)) {
                boolean strips = stripsRight && !Set.of("<unk>", "<s>", "<|endoftext|>").contains(text);
                boolean stripsLeft = text.equals("<mask>") || text.equals("[MASK]");
                added.add(new AddedToken(text, false, stripsLeft, strips, false, true, parseSpecial));
            } else if (marker || type == GgufTokens.USER_DEFINED) {
                added.add(AddedToken.plain(text));
            }
        }
        return added;
    }
}
