package dev.transom.tokenizers.internal.gguf;

import dev.transom.tokenizers.internal.AddedToken;
import dev.transom.tokenizers.internal.Pipeline;
import java.util.List;

/** Makes the parts of a tokenizer from a vocabulary of one kind. */
@FunctionalInterface
interface GgufPipeline {

    /** @param added the tokens that are recognised in texts */
    Pipeline of(GgufTokens tokens, List<AddedToken> added);
}
