package dev.transom.tokenizers.internal.postprocessor;

import java.util.List;

/** Adds the markers that a model expects and joins a pair. */
public interface PostProcessor {

    /** Does nothing. */
    PostProcessor NONE = new PostProcessor() {
        @Override
        public int addedTokens(boolean pair) {
            return 0;
        }

        @Override
        public List<Encoded> process(List<Encoded> parts, boolean addSpecialTokens) {
            return parts;
        }
    };

    /** The number of markers that are added to a text or a pair. */
    int addedTokens(boolean pair);

    /** The parts after this step, in order; at first they are the text and, if there is one, the pair. */
    List<Encoded> process(List<Encoded> parts, boolean addSpecialTokens);

    /** Several steps in order. */
    static PostProcessor sequence(List<PostProcessor> steps) {
        return new PostProcessor() {
            @Override
            public int addedTokens(boolean pair) {
                return steps.stream().mapToInt(step -> step.addedTokens(pair)).sum();
            }

            @Override
            public List<Encoded> process(List<Encoded> parts, boolean addSpecialTokens) {
                List<Encoded> processed = parts;
                for (PostProcessor step : steps) {
                    processed = step.process(processed, addSpecialTokens);
                }
                return processed;
            }
        };
    }
}
