package dev.transom.engine.internal;

import dev.transom.api.TransomException;
import dev.transom.api.engine.Generation;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A request between two threads: the scheduler writes tokens into arrays made beforehand and publishes their number in one
 * volatile write, the consumer reads them. So the scheduler allocates nothing for a token and never waits for a slow consumer.
 * Only a request with stop strings makes its text on the scheduler's side, since the text decides when it ends.
 */
final class Request implements Generation {

    /**
     * What was asked, ready for the scheduler.
     *
     * @param given  tokens of the prompt that the caller gave; a fork's prompt holds generated ones after them
     * @param limit  tokens that it can have, at most {@code maxTokens}
     * @param shifts whether it goes on when the context is full
     */
    record Terms(int[] prompt, int given, int[] source, int maxTokens, int limit, long seed, int[] stopIds, List<String> stopStrings,
            int logProbs, SamplingOptions options, boolean shifts) {
    }

    final int[] ids;
    final int promptLength;
    final int[] source;
    final long seed;
    final boolean greedy;
    final int logProbs;
    final float[] chosenLogProbs;
    final int[] topIds;
    final float[] topLogProbs;

    private final Terms terms;
    private final Finish atLimit;
    private final String[] texts;
    private volatile LoadedEngine engine;

    /** Scheduler only. */
    Sampler.Step[] steps;
    Row row;
    Request parent;
    private AnswerText schedulerText;
    private int produced;

    private Finish finish;
    private TransomException failure;
    /** Twice the number of published tokens, plus one when the answer has ended. */
    private volatile int state;
    private volatile Thread waiter;
    private volatile boolean cancelled;

    /** Consumer only. */
    private int read;
    private AnswerText consumerText;

    /**
     * @param steps     sampling steps in order
     * @param tokenizer makes texts; null leaves them empty
     * @param parent    the request whose cache it may share, null for none
     */
    Request(LoadedEngine engine, Terms terms, Sampler.Step[] steps, Tokenizer tokenizer, Request parent) {
        this.engine = engine;
        this.terms = terms;
        this.steps = steps;
        this.parent = parent;
        int limit = terms.limit();
        promptLength = terms.prompt().length;
        ids = Arrays.copyOf(terms.prompt(), promptLength + limit);
        source = terms.source();
        seed = terms.seed();
        greedy = terms.options().greedy();
        logProbs = terms.logProbs();
        atLimit = limit == terms.maxTokens() ? Finish.LENGTH : Finish.CONTEXT;
        chosenLogProbs = logProbs < 0 ? null : new float[limit];
        topIds = logProbs <= 0 ? null : new int[limit * logProbs];
        topLogProbs = logProbs <= 0 ? null : new float[limit * logProbs];
        AnswerText text = tokenizer == null ? null : new AnswerText(tokenizer, terms.stopStrings(), ids, promptLength);
        boolean decide = !terms.stopStrings().isEmpty();
        schedulerText = decide ? text : null;
        consumerText = decide ? null : text;
        texts = decide ? new String[limit] : null;
        if (limit == 0) {
            end(atLimit, null);
        }
    }

    Terms terms() {
        return terms;
    }

    // The scheduler's side.

    /** Tokens known: the prompt and what was generated. */
    int length() {
        return promptLength + produced;
    }

    /** Tokens generated, as the scheduler knows it. */
    int produced() {
        return produced;
    }

    /** Positions that it may need in the cache: the last token is never put there. */
    int maxPositions(int context) {
        return Math.min(ids.length - 1, context);
    }

    boolean shifts() {
        return terms.shifts();
    }

    boolean ended() {
        return finish != null;
    }

    boolean cancelled() {
        return cancelled;
    }

    /** Adds a token; its log-probabilities are written before. */
    void emit(int id) {
        ids[promptLength + produced++] = id;
        Finish end = isStop(id) ? Finish.STOP_ID : promptLength + produced == ids.length ? atLimit : null;
        if (schedulerText != null) {
            String text = end == Finish.STOP_ID ? "" : schedulerText.push(id);
            if (end != null) {
                text += schedulerText.finish();
            }
            texts[produced - 1] = text;
            if (schedulerText.stopped()) {
                end = Finish.STOP_STRING;
            }
        }
        publish(end);
    }

    /** Ends it without a further token. */
    void end(Finish why, TransomException sentence) {
        failure = sentence;
        publish(why);
    }

    private void publish(Finish end) {
        if (end != null) {
            finish = end;
            // A caller may keep an answer for long: it must not keep plugins' classes.
            steps = null;
            schedulerText = null;
            parent = null;
        }
        state = produced * 2 + (end == null ? 0 : 1);
        LockSupport.unpark(waiter);
    }

    private boolean isStop(int id) {
        for (int stop : terms.stopIds()) {
            if (stop == id) {
                return true;
            }
        }
        return false;
    }

    // The consumer's side.

    @Override
    public Optional<Token> next() throws InterruptedException {
        while (true) {
            int seen = state;
            boolean end = (seen & 1) == 1;
            if (seen / 2 > read) {
                read++;
                return Optional.of(token(read - 1, end && seen / 2 == read));
            }
            if (end) {
                consumerText = null;
                if (finish == Finish.FAILED) {
                    throw failure;
                }
                return Optional.empty();
            }
            await(seen);
        }
    }

    private void await(int seen) throws InterruptedException {
        waiter = Thread.currentThread();
        try {
            while (state == seen) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LockSupport.park(this);
            }
        } finally {
            waiter = null;
        }
    }

    private Token token(int index, boolean last) {
        int id = ids[promptLength + index];
        float logProb = chosenLogProbs == null ? Float.NaN : chosenLogProbs[index];
        List<Alternative> top = new ArrayList<>(Math.max(0, logProbs));
        for (int i = 0; i < logProbs && topIds[index * logProbs + i] >= 0; i++) {
            top.add(new Alternative(topIds[index * logProbs + i], topLogProbs[index * logProbs + i]));
        }
        return new Token(id, text(index, id, last), logProb, List.copyOf(top));
    }

    private String text(int index, int id, boolean last) {
        if (texts != null) {
            return texts[index];
        }
        if (consumerText == null) {
            return "";
        }
        String text = last && finish == Finish.STOP_ID ? "" : consumerText.push(id);
        return last ? text + consumerText.finish() : text;
    }

    @Override
    public Finish finish() {
        return (state & 1) == 1 ? finish : null;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public Generation fork(long newSeed) {
        return engine.fork(this, read, newSeed);
    }
}
