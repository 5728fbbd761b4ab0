package dev.transom.tokenizers.internal.model;

import java.util.Optional;

/**
 * The options of a byte-pair model.
 *
 * @param unknown the token of what the vocabulary lacks; absent: such characters vanish
 * @param continuingPrefix put before every character but a piece's first, empty for none
 * @param endSuffix put behind a piece's last character, empty for none
 * @param fuseUnknown neighbouring unknown characters become one token
 * @param byteFallback unknown characters become the tokens {@code <0x00>} … of their bytes
 * @param ignoreMerges a piece that is a token as a whole is that token
 */
public record BpeOptions(
        Optional<String> unknown,
        String continuingPrefix,
        String endSuffix,
        boolean fuseUnknown,
        boolean byteFallback,
        boolean ignoreMerges) {

    /** Byte-level: no affixes, nothing unknown. */
    public static final BpeOptions PLAIN = new BpeOptions(Optional.empty(), "", "", false, false, false);
}
