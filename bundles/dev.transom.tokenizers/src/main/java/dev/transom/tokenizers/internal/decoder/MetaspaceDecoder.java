package dev.transom.tokenizers.internal.decoder;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns visible spaces into spaces.
 *
 * @param space the code point that stands for a space
 * @param dropsFirst removes those of the first token, since encoding put one there
 */
public record MetaspaceDecoder(int space, boolean dropsFirst) implements Decoder {

    @Override
    public List<String> decode(List<String> tokens) {
        List<String> texts = new ArrayList<>(tokens.size());
        for (String token : tokens) {
            boolean drops = dropsFirst && texts.isEmpty();
            texts.add(token.replace(Character.toString(space), drops ? "" : " "));
        }
        return texts;
    }

    @Override
    public String inText(String token) {
        return token.replace(Character.toString(space), " ");
    }
}
