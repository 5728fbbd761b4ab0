package dev.transom.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.transom.backend.cpu.internal.CpuBackend;
import dev.transom.conformance.Check;
import dev.transom.conformance.architecture.ArchitectureKit;
import dev.transom.graph.Operations;
import dev.transom.kernels.vector.internal.VectorKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Recipes of random choices keep every contract of the kit, as the operations mean and on the cpu backend: prefill and decode
 * as one pass, rows alone as together, forks and truncated rows as fresh ones, one thread as several. 
 * {@code -Dtransom.recipes=300} draws as many, {@code -Dtransom.recipes.first=17} begins with that one.
 */
class RandomRecipesTest {

    private static final CpuBackend CPU = cpu();

    @TestFactory
    Stream<DynamicTest> giveOneResultInManyWays() {
        return tests(Long.getLong("transom.recipes", 40), kit -> {
            List<Check> checks = new ArrayList<>(kit.contract());
            checks.addAll(kit.equivalences());
            checks.addAll(kit.on(CPU).equivalences());
            return checks;
        });
    }

    @TestFactory
    Stream<DynamicTest> haveTheGradientsOfTheirLosses() {
        return tests(Long.getLong("transom.recipes", 40) / 8, kit -> kit.on(CPU).training());
    }

    private static Stream<DynamicTest> tests(long count, Function<ArchitectureKit, List<Check>> checks) {
        long first = Long.getLong("transom.recipes.first", 1);
        return LongStream.range(first, first + count).mapToObj(RandomRecipe::of).map(model ->
            dynamicTest(model.facts().description(), () -> assertEquals(List.of(), broken(model, checks))));
    }

    private static List<String> broken(RecipeModel model, Function<ArchitectureKit, List<Check>> checks) {
        return checks.apply(new ArchitectureKit(model, Operations.core())).stream().flatMap(check ->
            check.broken().stream().map(sentence -> check.name() + ": " + sentence)).toList();
    }

    private static CpuBackend cpu() {
        CpuBackend backend = new CpuBackend(Operations.core());
        backend.addProvider(new VectorKernels());
        return backend;
    }
}
