package dev.transom.graph.internal.ops;

/** log Σ exp(x) without overflow, which log_softmax and the cross entropies share. */
final class LogSumExp {

    private LogSumExp() {
    }

    /** Over {@code n} elements of {@code x} from {@code at}. */
    static double of(double[] x, int at, int n) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            max = Math.max(max, x[at + i]);
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.exp(x[at + i] - max);
        }
        return max + Math.log(sum);
    }
}
