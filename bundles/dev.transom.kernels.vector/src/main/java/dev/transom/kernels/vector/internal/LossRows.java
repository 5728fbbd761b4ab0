package dev.transom.kernels.vector.internal;

/** Cross entropy of one row of logits, and its gradient. */
final class LossRows {

    private LossRows() {
    }

    /** −log softmax(logits)[label]. */
    static float loss(long logits, int label, int classes) {
        float max = Row.max(logits, classes);
        // The maximum off the logit first: together with the logarithm it would cost digits of large logits.
        return (float) Math.log(Row.sumOfExponentials(logits, max, classes)) - (Lanes.get(logits + 4L * label) - max);
    }

    /** dx = factor·(softmax(logits) − onehot(label)), zeros for a label below zero; dx may be the logits themselves. */
    static void gradient(long logits, int label, float factor, long dx, int classes) {
        if (label < 0) {
            Lanes.zero(dx, 4L * classes);
            return;
        }
        float sum = Row.exponentials(logits, Row.max(logits, classes), dx, classes);
        Arithmetic.affine(dx, factor / sum, 0, dx, classes);
        Lanes.set(dx + 4L * label, Lanes.get(dx + 4L * label) - factor);
    }
}
