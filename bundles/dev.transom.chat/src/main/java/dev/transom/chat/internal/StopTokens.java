package dev.transom.chat.internal;

import dev.transom.api.config.Config;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tokenizer.SpecialRole;
import dev.transom.api.tokenizer.Tokenizer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The ids that end an answer in a chat. */
final class StopTokens {

    /** Markers that end turns, by family: ChatML, Llama 3, Gemma, Phi, GPT-2's heirs, DeepSeek, GLM. */
    private static final List<String> MARKERS = List.of("<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<end_of_turn>", "<|end|>",
        "<|endoftext|>", "<|end_of_text|>", "<｜end▁of▁sentence｜>", "<|user|>", "<|observation|>", "<|return|>", "<|call|>", "<turn|>");
    /** In gpt-oss's texts it ends one message of several. */
    private static final String INNER = "<|end|>";

    private StopTokens() {
    }

    static Set<Integer> of(OpenModel model) {
        Config generation = model.files().generationConfig();
        Config config = model.files().config();
        Set<Integer> ids = new HashSet<>(generation.has("eos_token_id") ? generation.ids("eos_token_id") : config.ids("eos_token_id"));
        Optional<Tokenizer> tokenizer = model.files().tokenizer();
        tokenizer.ifPresent(t -> {
            t.special(SpecialRole.END).ifPresent(ids::add);
            boolean severalMessages = t.id("<|return|>").isPresent();
            for (String marker : MARKERS) {
                if (!(severalMessages && marker.equals(INNER))) {
                    t.id(marker).stream().filter(t::isSpecial).forEach(ids::add);
                }
            }
        });
        return Set.copyOf(ids);
    }
}
