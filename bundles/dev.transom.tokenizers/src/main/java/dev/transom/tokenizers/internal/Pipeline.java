package dev.transom.tokenizers.internal;

import dev.transom.api.tokenizer.Padding;
import dev.transom.api.tokenizer.SpecialRole;
import dev.transom.api.tokenizer.Truncation;
import dev.transom.tokenizers.internal.decoder.Decoder;
import dev.transom.tokenizers.internal.model.Model;
import dev.transom.tokenizers.internal.normalizer.Normalizer;
import dev.transom.tokenizers.internal.postprocessor.PostProcessor;
import dev.transom.tokenizers.internal.pretokenizer.PreTokenizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a tokenizer, wherever they were read from.
 *
 * @param added added tokens in the file's order
 * @param normalizer changes the text
 * @param preTokenizer cuts it into pieces
 * @param model cuts pieces into tokens
 * @param postProcessor adds markers
 * @param decoder turns tokens into text; absent: they are joined by spaces
 * @param roles the content of the tokens that play a role
 * @param truncation as the file declares
 * @param padding as the file declares
 */
public record Pipeline(
        List<AddedToken> added,
        Normalizer normalizer,
        PreTokenizer preTokenizer,
        Model model,
        PostProcessor postProcessor,
        Optional<Decoder> decoder,
        Map<SpecialRole, String> roles,
        Optional<Truncation> truncation,
        Optional<Padding> padding) {}
