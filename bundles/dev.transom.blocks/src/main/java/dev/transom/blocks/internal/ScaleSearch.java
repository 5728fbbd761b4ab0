package dev.transom.blocks.internal;

/**
 * Finds the scale of a few values that are to be rounded to levels: tries scales near the one that just covers the range, rounds with
 * each, solves for the scale (and minimum) that serve those levels best in the weighted least-squares sense, and keeps the best.
 * The idea is that of ggml's {@code make_qkx2_quants} and {@code make_qx_quants}. Belongs to one call.
 */
final class ScaleSearch {

    private final float[] weights;
    private final int[] levels;
    private final int[] trial;
    private float scale;
    private float minimum;

    /** @param count values that share a scale */
    ScaleSearch(int count) {
        this.weights = new float[count];
        this.levels = new int[count];
        this.trial = new int[count];
    }

    /** The best scale found. */
    float scale() {
        return scale;
    }

    /** What the scaled levels are lowered by; never negative. */
    float minimum() {
        return -minimum;
    }

    int level(int index) {
        return levels[index];
    }

    /** Makes large values count more: by magnitude, and by the root of their mean square. */
    void weighByMagnitude(float[] x, int start, boolean addMean) {
        float squares = 0;
        for (int i = 0; i < weights.length; i++) {
            squares += x[start + i] * x[start + i];
        }
        float mean = addMean ? (float) Math.sqrt(squares / weights.length) : 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = mean + Math.abs(x[start + i]);
        }
    }

    /**
     * {@code x ≈ scale · level + minimum} with levels 0 to {@code most} and a minimum not above zero.
     *
     * @param first    how many levels more than {@code most} the first trial spreads the range over
     * @param trials   trials, each a tenth of a level wider
     * @param absolute judges by absolute instead of squared errors
     */
    void affine(float[] x, int start, int most, float first, int trials, boolean absolute) {
        float min = 0;
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < levels.length; i++) {
            min = Math.min(min, x[start + i]);
            max = Math.max(max, x[start + i]);
        }
        minimum = min;
        scale = 0;
        if (max <= min) {
            java.util.Arrays.fill(levels, 0);
            return;
        }
        round(x, start, most, most / (max - min), min, levels);
        scale = (max - min) / most;
        double best = error(x, start, levels, scale, minimum, absolute);
        for (int i = 0; i <= trials; i++) {
            round(x, start, most, (first + 0.1f * i + most) / (max - min), min, trial);
            best = solve(x, start, best, absolute);
        }
    }

    private void round(float[] x, int start, int most, float inverse, float min, int[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = Math.clamp((int) Math.rint(inverse * (x[start + i] - min)), 0, most);
        }
    }

    /** Solves for scale and minimum of the levels on trial; takes them when they are better. */
    private double solve(float[] x, int start, double best, boolean absolute) {
        double w = 0, wx = 0, wl = 0, wll = 0, wxl = 0;
        for (int i = 0; i < trial.length; i++) {
            double weight = weights[i];
            int level = trial[i];
            w += weight;
            wx += weight * x[start + i];
            wl += weight * level;
            wll += weight * level * level;
            wxl += weight * level * x[start + i];
        }
        double determinant = w * wll - wl * wl;
        if (determinant <= 0) {
            return best;
        }
        float slope = (float) ((w * wxl - wx * wl) / determinant);
        float low = (float) ((wll * wx - wl * wxl) / determinant);
        if (low > 0) {
            low = 0;
            slope = (float) (wxl / wll);
        }
        double error = error(x, start, trial, slope, low, absolute);
        if (error < best) {
            System.arraycopy(trial, 0, levels, 0, trial.length);
            scale = slope;
            minimum = low;
            return error;
        }
        return best;
    }

    private double error(float[] x, int start, int[] of, float slope, float low, boolean absolute) {
        double sum = 0;
        for (int i = 0; i < of.length; i++) {
            double off = Math.abs(slope * of[i] + low - x[start + i]);
            sum += weights[i] * (absolute ? off : off * off);
        }
        return sum;
    }

    /** {@code x ≈ scale · level} with levels {@code −half} to {@code half − 1}, squared errors weighted by x². */
    void symmetric(float[] x, int start, int half) {
        float largest = 0;
        for (int i = 0; i < levels.length; i++) {
            if (Math.abs(x[start + i]) > Math.abs(largest)) {
                largest = x[start + i];
            }
        }
        scale = 0;
        minimum = 0;
        java.util.Arrays.fill(levels, 0);
        if (Math.abs(largest) < 1e-15f) {
            return;
        }
        double best = 0;
        for (int i = -9; i <= 9; i++) {
            float inverse = -(half + 0.1f * i) / largest;
            double xl = 0, ll = 0;
            for (int j = 0; j < trial.length; j++) {
                float value = x[start + j];
                int level = Math.clamp((int) Math.rint(inverse * value), -half, half - 1);
                trial[j] = level;
                double weight = (double) value * value;
                xl += weight * value * level;
                ll += weight * level * level;
            }
            // The smaller xl² / ll, the more of the values the levels leave unexplained.
            if (ll > 0 && xl * xl / ll > best) {
                best = xl * xl / ll;
                scale = (float) (xl / ll);
                System.arraycopy(trial, 0, levels, 0, trial.length);
            }
        }
    }
}
