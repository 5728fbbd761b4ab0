package dev.transom.api.architecture;

/**
 * Names and shapes of graph inputs. A graph declares those it needs; whoever runs it fills those that are declared.
 * Dimensions: {@code tokens} of the step, {@code rows} of the batch, {@code blocks} of a row's block table, {@code selected} tokens
 * whose logits are wanted.
 */
public final class Inputs {

    private Inputs() {
    }

    /** {@code I32[tokens]}: token ids. */
    public static final String TOKENS = "tokens";
    /** {@code F32[tokens, hidden]}: embedding rows in place of ids. */
    public static final String EMBEDDINGS = "embeddings";
    /** {@code I32[tokens]}: position of each token in its row, from 0. */
    public static final String POSITIONS = "positions";
    /** {@code I32[tokens]}: token type (segment) of each token. */
    public static final String TOKEN_TYPES = "token_types";
    /** {@code I32[rows + 1]}: tokens offsets[r] … offsets[r + 1] − 1 of the step belong to row r. */
    public static final String OFFSETS = "offsets";
    /** {@code F32[rows, half]}: inverse RoPE frequencies of each row. */
    public static final String ROPE_FREQUENCIES = "rope_frequencies";
    /** {@code I32[rows]}: index in the step of each row's first token. */
    public static final String FIRST = "first";
    /** {@code I32[rows]}: index in the step of each row's last token. */
    public static final String LAST = "last";
    /** {@code I32[selected]}: indices in the step of the tokens whose logits are wanted. */
    public static final String SELECTED = "selected";
    /** {@code I32[rows, blocks]}: cache blocks of each row. */
    public static final String BLOCK_TABLES = "block_tables";
    /** {@code I32[rows]}: cached positions of each row, those of this step included. */
    public static final String LENGTHS = "lengths";
    /** {@code I32[tokens]}: cache slot of each token. */
    public static final String SLOTS = "slots";
    /** Labels of the loss, see {@link Head.Labels}. */
    public static final String LABELS = "labels";
    public static final String START_LABELS = "start_labels";
    public static final String END_LABELS = "end_labels";
    /** {@code I32[rows]}: 0 where the second sentence of the row follows the first, 1 where it is another. */
    public static final String NEXT_SENTENCE_LABELS = "next_sentence_labels";
    /** {@code I32[2]}: seed and step of dropout. */
    public static final String SEED = "seed";
    /** Prefix of the same inputs for the source side of an encoder-decoder: {@code source.tokens}, {@code source.offsets} … */
    public static final String SOURCE = "source.";
}
