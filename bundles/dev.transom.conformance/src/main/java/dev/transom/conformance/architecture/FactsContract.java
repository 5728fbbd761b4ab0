package dev.transom.conformance.architecture;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.Architecture;
import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.api.config.Config;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a definition says of itself fits together, and a configuration that it cannot read is refused in a sentence. */
final class FactsContract {

    private FactsContract() {
    }

    static void facts(ModelDefinition definition, List<String> broken) {
        ModelFacts facts = definition.facts();
        require(!facts.modelType().isBlank(), "modelType must be the model_type of its configuration; it is blank.", broken);
        require(!facts.description().isBlank() && !facts.description().contains("\n"),
            "description must be one line; it is \"" + facts.description() + "\".", broken);
        require(facts.hidden() > 0 && facts.layers() >= 0 && facts.vocabulary() > 0 && facts.maxPositions() > 0,
            "hidden, vocabulary and maxPositions must be positive; they are " + facts.hidden() + ", " + facts.vocabulary()
                + " and " + facts.maxPositions() + ", with " + facts.layers() + " layers.", broken);
        require(facts.prefix() >= 0 && facts.prefix() < facts.maxPositions()
            && (facts.prefix() == 0 || facts.structure() == Structure.CAUSAL),
            "prefix must be some of the positions of a causal model, else 0; it is " + facts.prefix() + ".", broken);
        Set<String> names = new HashSet<>();
        for (Head head : facts.heads()) {
            require(names.add(head.name()),
                "heads must have names of their own; there are two called " + head.name() + ".", broken);
            require(!head.outputs().isEmpty() && new HashSet<>(head.outputs()).size() == head.outputs().size(),
                "head " + head.name() + " must have outputs that differ in name; it has " + head.outputs() + ".", broken);
        }
        require(facts.defaultHead().isEmpty() || names.contains(facts.defaultHead()),
            "defaultHead must be one of its heads " + names + ", or empty; it is " + facts.defaultHead() + ".", broken);
        frequencies(definition, broken);
    }

    private static void frequencies(ModelDefinition definition, List<String> broken) {
        int longest = definition.facts().maxPositions();
        definition.ropeFrequencies(longest).ifPresent(one -> {
            require(one.length > 0 && Arrays.stream(one).allMatch(each -> Double.isFinite(each) && each >= 0),
                "ropeFrequencies must be finite and not negative; they are " + Arrays.toString(one) + ".", broken);
            for (int length : new int[] {1, longest}) {
                double[] first = definition.ropeFrequencies(length).orElse(new double[0]);
                double[] again = definition.ropeFrequencies(length).orElse(new double[0]);
                require(first.length == one.length && Arrays.equals(first, again),
                    "ropeFrequencies must have one width for every length, and one value for each; for " + length
                        + " they differ.", broken);
            }
        });
    }

    /** The architecture reads what it announces. */
    static void announced(Architecture architecture, ModelDefinition definition, List<String> broken) {
        require(architecture.modelTypes().contains(definition.facts().modelType()),
            "modelTypes must hold the modelType of its models; " + architecture.modelTypes() + " lacks "
                + definition.facts().modelType() + ".", broken);
    }

    /** Each field in turn has a value of another type, and each number is negative: the field is not read, or refused by name. */
    static void configuration(Architecture architecture, Config config, List<String> broken) {
        config.values().forEach((field, value) -> {
            Object other = value instanceof String ? 17L : "seventeen";
            defines(architecture, with(config, field, other), field, other, broken);
            if (value instanceof Long) {
                defines(architecture, with(config, field, -3L), field, -3L, broken);
            }
        });
    }

    private static void defines(Architecture architecture, Config config, String field, Object value, List<String> broken) {
        try {
            architecture.define(config);
        } catch (TransomException refusal) {
            Sentences.check("the refusal of " + field + " = " + value, refusal, field, broken);
        } catch (RuntimeException thrown) {
            broken.add("a configuration with " + field + " = " + value
                + " must be read or be refused by a TransomException; define threw " + thrown + ".");
        }
    }

    private static Config with(Config config, String field, Object value) {
        Map<String, Object> members = new HashMap<>(config.values());
        members.put(field, value);
        return new Config(config.where(), members);
    }

    private static void require(boolean holds, String sentence, List<String> broken) {
        if (!holds) {
            broken.add(sentence);
        }
    }
}
