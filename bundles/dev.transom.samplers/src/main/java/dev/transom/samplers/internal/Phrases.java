package dev.transom.samplers.internal;

import dev.transom.api.TransomException;
import dev.transom.api.sampler.Sampler.Setting;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.sampler.SamplingOptions.Phrase;
import java.util.List;

/** An option's phrases as arrays, checked. */
final class Phrases {

    final int[][] ids;
    final double[] biases;

    private Phrases(int[][] ids, double[] biases) {
        this.ids = ids;
        this.biases = biases;
    }

    /** Refuses texts, which a task turns into ids before, and ids outside the vocabulary. */
    static Phrases of(String option, SamplingOptions options, Setting setting) {
        List<Phrase> phrases = options.phrases(option);
        int[][] ids = new int[phrases.size()][];
        double[] biases = new double[ids.length];
        for (int i = 0; i < ids.length; i++) {
            Phrase phrase = phrases.get(i);
            if (phrase.ids().isEmpty()) {
                throw new TransomException("option " + option + ": it must name token ids here; got the text '" + phrase.text()
                    + "'. Give ids, or ask a task that has a tokenizer.");
            }
            ids[i] = phrase.ids().stream().mapToInt(Integer::intValue).toArray();
            biases[i] = phrase.bias();
            for (int id : ids[i]) {
                Range.require(option, id, id >= 0 && id < setting.vocabulary(), "ids of 0 to " + (setting.vocabulary() - 1),
                    "Use ids of the model's own tokenizer");
            }
        }
        return new Phrases(ids, biases);
    }

    /** The only id of each phrase, for options of single tokens. */
    int[] single(String option) {
        int[] single = new int[ids.length];
        for (int i = 0; i < single.length; i++) {
            if (ids[i].length != 1) {
                throw new TransomException("option " + option + ": it takes single tokens; got " + ids[i].length
                    + " tokens at once. Use sequence_bias or bad_words for several.");
            }
            single[i] = ids[i][0];
        }
        return single;
    }

    boolean isEmpty() {
        return ids.length == 0;
    }

    /** Whether the history ends with all but the last token of a phrase. */
    static boolean begun(int[] phrase, int[] history, int length) {
        int before = phrase.length - 1;
        if (length < before) {
            return false;
        }
        for (int i = 0; i < before; i++) {
            if (history[length - before + i] != phrase[i]) {
                return false;
            }
        }
        return true;
    }
}
