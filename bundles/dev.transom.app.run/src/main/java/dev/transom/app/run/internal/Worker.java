package dev.transom.app.run.internal;

import jakarta.json.JsonObject;

/** Answers items in the order in which it gets them, many at once. Belongs to one thread. */
interface Worker extends AutoCloseable {

    /** Items that it likes to have at once. */
    int capacity();

    /** Items that it has. */
    int pending();

    void submit(Item item);

    /** Waits for the answer to the oldest item. */
    Done next() throws InterruptedException;

    @Override
    void close();

    /**
     * An answer.
     *
     * @param line   what is written
     * @param tokens tokens made for it, or read for it by a task that makes none
     */
    record Done(JsonObject line, long tokens) {
    }
}
