package dev.transom.task.embedding.internal;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.model.OpenModel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a sentence-transformers folder says beside the model: modules.json names the steps, {@code 1_Pooling/config.json} the pooling,
 * sentence_bert_config.json the longest text. A folder without these is pooled by the mean, which is what sentence-transformers does.
 *
 * @param pooling   modes, joined
 * @param normalise whether vectors get length 1
 * @param maxLength tokens of a text, markers included; longer texts are cut
 * @param lowerCase whether texts are lower-cased first
 * @param prompt    what is put before each text
 */
record SentenceModules(List<Pooling> pooling, boolean normalise, int maxLength, boolean lowerCase, String prompt) {

    /** Above this, model_max_length of a tokenizer means "unknown". */
    private static final double UNLIMITED = 1e9;

    static SentenceModules read(OpenModel model) {
        ModelFiles files = model.files();
        List<Pooling> pooling = List.of(Pooling.MEAN);
        boolean normalise = false;
        Optional<Config> modules = files.json("modules.json");
        for (Object element : modules.map(file -> file.list("elements")).orElse(List.of())) {
            Config module = module(modules.get(), element);
            String type = module.text("type", "");
            switch (type.substring(type.lastIndexOf('.') + 1)) {
                case "Transformer" -> { }
                case "Pooling" -> pooling = pooling(files, module);
                case "Normalize" -> normalise = true;
                default -> throw new TransomException(modules.get().where()
                    + ": modules must be Transformer, Pooling or Normalize; got " + type + ". Choose a model without it.");
            }
        }
        Optional<Config> sentence = files.json("sentence_bert_config.json");
        return new SentenceModules(pooling, normalise, maxLength(model, sentence),
            sentence.map(config -> config.flag("do_lower_case", false)).orElse(false), prompt(files));
    }

    @SuppressWarnings("unchecked")
    private static Config module(Config modules, Object element) {
        if (element instanceof Map<?, ?> object) {
            return new Config(modules.where(), (Map<String, Object>) object);
        }
        throw modules.wrong("each module", "an object", element);
    }

    private static List<Pooling> pooling(ModelFiles files, Config module) {
        String name = module.text("path", "1_Pooling") + "/config.json";
        return Pooling.read(files.json(name).orElseThrow(() -> new TransomException(files.where()
            + ": " + name + " is required, since modules.json names it; there is none. Add it to the model's folder.")));
    }

    private static int maxLength(OpenModel model, Optional<Config> sentence) {
        int positions = model.definition().facts().maxPositions();
        int stated = sentence.map(config -> config.int32("max_seq_length", 0)).orElse(0);
        if (stated <= 0) {
            double declared = model.files().json("tokenizer_config.json").map(config -> config.real("model_max_length", 0)).orElse(0.0);
            stated = declared > 0 && declared < UNLIMITED ? (int) declared : positions;
        }
        return Math.min(stated, positions);
    }

    private static String prompt(ModelFiles files) {
        return files.json("config_sentence_transformers.json").flatMap(config -> config.text("default_prompt_name")
            .flatMap(name -> config.object("prompts").flatMap(prompts -> prompts.text(name)))).orElse("");
    }

    /** A text as the tokenizer gets it. */
    String prepared(String text) {
        String whole = prompt + text;
        return lowerCase ? whole.toLowerCase(Locale.ROOT) : whole;
    }

    /**
     * The vector of one text.
     *
     * @param hidden hidden states of a step
     * @param from   index of the text's first element
     */
    float[] vector(float[] hidden, int from, int tokens, int width) {
        double[] pooled = new double[pooling.size() * width];
        for (int i = 0; i < pooling.size(); i++) {
            pooling.get(i).pool(hidden, from, tokens, width, pooled, i * width);
        }
        double scale = normalise ? 1 / Math.max(length(pooled), 1e-12) : 1;
        float[] vector = new float[pooled.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (pooled[i] * scale);
        }
        return vector;
    }

    private static double length(double[] vector) {
        double sum = 0;
        for (double element : vector) {
            sum += element * element;
        }
        return Math.sqrt(sum);
    }
}
