package dev.transom.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {

    private static final List<String> KNOWN = List.of("quickstart", "generate", "embed", "bench", "max_tokens");

    @Test
    void aNameWithTwoLettersExchangedIsFound() {
        assertEquals(Optional.of("generate"), Nearest.of("genreate", KNOWN));
    }

    @Test
    void theBeginningOfANameIsEnough() {
        assertEquals(Optional.of("quickstart"), Nearest.of("qu", KNOWN));
    }

    @Test
    void aThirdOfALongNameMayDiffer() {
        assertEquals(Optional.of("max_tokens"), Nearest.of("maxTokns", KNOWN));
    }

    @Test
    void ofEquallyNearNamesTheFirstInTheAlphabetIsTaken() {
        assertEquals(Optional.of("bat"), Nearest.of("rat", List.of("cat", "bat")));
    }

    @Test
    void whatResemblesNothingIsNotGuessed() {
        assertEquals(Optional.empty(), Nearest.of("translate", List.of("embed", "size")));
    }
}
