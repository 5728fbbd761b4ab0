package dev.transom.tokenizers.internal;

import dev.transom.api.tokenizer.IncrementalDecoder;
import dev.transom.tokenizers.internal.text.IntList;
import dev.transom.tokenizers.internal.text.Utf8;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Decodes a stream by decoding a short window of ids again and again: some ids whose text is out already, since the
 * text of an id depends on what stands before it, and the ids that are held back.
 *
 * <p>Ids are held back as long as their bytes end inside a character; so at most a few are.
 */
final class WindowDecoder implements IncrementalDecoder {

    private static final int LONGEST_WINDOW = 256;

    private final PipelineTokenizer tokenizer;
    private final boolean skipSpecialTokens;
    private IntList window = new IntList(16);
    /** How many ids at the window's start are out, and their text. */
    private int done;
    private String doneText = "";
    /** The bytes at the end that begin a character. */
    private byte[] unfinished = new byte[0];

    WindowDecoder(PipelineTokenizer tokenizer, boolean skipSpecialTokens) {
        this.tokenizer = tokenizer;
        this.skipSpecialTokens = skipSpecialTokens;
    }

    @Override
    public String push(int id) {
        if (!tokenizer.isKnown(id) || skipSpecialTokens && tokenizer.isSpecial(id)) {
            return "";
        }
        window.add(id);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(unfinished);
        bytes.writeBytes(tokenizer.tokenBytes(id));
        byte[] all = bytes.toByteArray();
        int rest = Utf8.unfinished(all, all.length);
        unfinished = Arrays.copyOfRange(all, all.length - rest, all.length);
        return rest > 0 ? "" : emit();
    }

    @Override
    public String finish() {
        return done < window.size() ? emit() : "";
    }

    private String emit() {
        int[] ids = window.toArray();
        String text = tokenizer.decode(ids, skipSpecialTokens);
        int[] fresh = Arrays.copyOfRange(ids, done, ids.length);
        // A malformed run may read differently now than when its start went out; then the new ids speak for themselves.
        String out = text.startsWith(doneText)
                ? text.substring(doneText.length())
                : tokenizer.decode(fresh, skipSpecialTokens);
        String freshText = tokenizer.decode(fresh, skipSpecialTokens);
        if (!freshText.isEmpty() || ids.length > LONGEST_WINDOW) {
            // Ids without text of their own are no context, so older ones stay in front of them.
            window = new IntList(16);
            for (int id : fresh) {
                window.add(id);
            }
            doneText = freshText;
        } else {
            doneText = text;
        }
        done = window.size();
        unfinished = new byte[0];
        return out;
    }
}
