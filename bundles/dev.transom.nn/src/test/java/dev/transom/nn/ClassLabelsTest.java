package dev.transom.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.Head.Labels;
import dev.transom.api.config.Config;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a classifier's configuration says of its labels. */
class ClassLabelsTest {

    @Test
    void twoClassesUnlessSaid() {
        assertEquals(new ClassLabels(Labels.ROW_CLASS, 2), read(Map.of()));
    }

    @Test
    void oneLabelIsAValue() {
        assertEquals(new ClassLabels(Labels.ROW_VALUE, 1), read(Map.of("id2label", Map.of("0", "LABEL_0"))));
    }

    @Test
    void theProblemTypeDecides() {
        assertEquals(new ClassLabels(Labels.ROW_MULTI_LABEL, 3),
            read(Map.of("num_labels", 3L, "problem_type", "multi_label_classification")));
        assertEquals(new ClassLabels(Labels.ROW_VALUE, 3), read(Map.of("num_labels", 3L, "problem_type", "regression")));
    }

    @Test
    void refusesAProblemThatIsNotKnown() {
        assertEquals("c.json: problem_type must be regression, single_label_classification or multi_label_classification;"
            + " got ranking.",
            assertThrows(TransomException.class, () -> read(Map.of("problem_type", "ranking"))).getMessage());
    }

    private static ClassLabels read(Map<String, Object> values) {
        return ClassLabels.read(new Config("c.json", values));
    }
}
