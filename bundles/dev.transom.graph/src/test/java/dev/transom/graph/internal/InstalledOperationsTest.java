package dev.transom.graph.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.GraphException;
import dev.transom.graph.Operation;
import dev.transom.graph.Operations;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstalledOperationsTest {

    private final InstalledOperations installed = new InstalledOperations();

    private record Named(String name, int which) implements Operation {

        @Override
        public List<Type> types(Attributes attributes, List<Type> inputs) {
            return inputs;
        }

        @Override
        public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
            return Cost.FREE;
        }

        @Override
        public void reference(ReferenceArguments run) {
            throw new AssertionError("nothing runs here");
        }
    }

    private static Map<String, Object> service(long id, int ranking) {
        return Map.of("service.id", id, "service.ranking", ranking);
    }

    @Test
    void knowsTheCoreWithoutPlugins() {
        assertEquals(Operations.core().all().size(), installed.all().size());
        assertEquals("matmul", installed.get("matmul").name());
    }

    @Test
    void knowsAPluginWhileItIsInstalled() {
        Operation cube = new Named("cube", 1);
        installed.bindOperation(cube, service(7, 0));
        assertSame(cube, installed.get("cube"));
        installed.unbindOperation(cube, service(7, 0));
        GraphException e = assertThrows(GraphException.class, () -> installed.get("cube"));
        assertEquals("operation cube: a bundle with the capability dev.transom.operation; name=cube must be installed; none is.",
            e.getMessage());
    }

    @Test
    void doesNotLetAPluginReplaceACoreOperation() {
        installed.bindOperation(new Named("matmul", 1), service(7, 100));
        assertEquals(Operations.core().get("matmul").getClass(), installed.get("matmul").getClass());
    }

    @Test
    void ofTwoPluginsTakesTheHigherRankingThenTheOlder() {
        Operation older = new Named("cube", 1);
        Operation younger = new Named("cube", 2);
        Operation ranked = new Named("cube", 3);
        installed.bindOperation(younger, service(9, 0));
        installed.bindOperation(older, service(7, 0));
        assertSame(older, installed.get("cube"));
        installed.bindOperation(ranked, service(11, 1));
        assertSame(ranked, installed.get("cube"));
        installed.unbindOperation(ranked, service(11, 1));
        assertSame(older, installed.get("cube"));
    }
}
