package dev.transom.task.embedding.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolingTest {

    /** Two tokens that belong to someone else, then three of two elements. */
    private static final float[] HIDDEN = {9, 9, 9, 9, 1, -2, 3, 4, 8, 1};

    @Test
    void poolsAsSentenceTransformersDoes() {
        assertArrayEquals(new double[] {1, -2}, pooled(Pooling.CLS));
        assertArrayEquals(new double[] {8, 1}, pooled(Pooling.LAST));
        assertArrayEquals(new double[] {8, 4}, pooled(Pooling.MAX));
        assertArrayEquals(new double[] {4, 1}, pooled(Pooling.MEAN));
        assertArrayEquals(new double[] {12 / Math.sqrt(3), 3 / Math.sqrt(3)}, pooled(Pooling.MEAN_SQRT_LENGTH));
        // (1·1 + 2·3 + 3·8) / 6 and (1·(−2) + 2·4 + 3·1) / 6
        assertArrayEquals(new double[] {31 / 6.0, 9 / 6.0}, pooled(Pooling.WEIGHTED_MEAN));
    }

    private static double[] pooled(Pooling mode) {
        double[] vector = new double[4];
        mode.pool(HIDDEN, 4, 3, 2, vector, 2);
        assertEquals(0, vector[0] + vector[1]);
        return new double[] {vector[2], vector[3]};
    }

    @Test
    void joinsModesAndNormalisesTheWholeVector() {
        SentenceModules modules = new SentenceModules(List.of(Pooling.CLS, Pooling.MEAN), true, 8, false, "");
        float norm = (float) (1 / Math.sqrt(1 + 4 + 16 + 1));
        assertArrayEquals(new float[] {norm, -2 * norm, 4 * norm, norm}, modules.vector(HIDDEN, 4, 3, 2), 1e-7f);
    }

    @Test
    void readsFlagsAndTheNewerWord() {
        assertEquals(List.of(Pooling.CLS, Pooling.LAST), Pooling.read(config(Map.of("pooling_mode_lasttoken", true,
            "pooling_mode_cls_token", true, "pooling_mode_mean_tokens", false))));
        assertEquals(List.of(Pooling.MEAN), Pooling.read(config(Map.of("pooling_mode", "mean"))));
    }

    @Test
    void refusesAModeThatItDoesNotKnow() {
        assertEquals("1_Pooling/config.json: pooling must be one of [CLS, MAX, MEAN, MEAN_SQRT_LENGTH, WEIGHTED_MEAN, LAST]; got "
            + "pooling_mode_magic. Set another to true.",
            assertThrows(TransomException.class, () -> Pooling.read(config(Map.of("pooling_mode_magic", true)))).getMessage());
        assertEquals("1_Pooling/config.json: a pooling mode must be chosen; none is. Set pooling_mode_mean_tokens to true.",
            assertThrows(TransomException.class, () -> Pooling.read(config(Map.of()))).getMessage());
    }

    private static Config config(Map<String, Object> values) {
        return new Config("1_Pooling/config.json", new LinkedHashMap<>(values));
    }
}
