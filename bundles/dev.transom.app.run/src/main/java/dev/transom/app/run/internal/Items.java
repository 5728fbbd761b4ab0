package dev.transom.app.run.internal;

import java.io.IOException;

/** Reads an input item by item. */
interface Items extends AutoCloseable {

    /** The next item; null at the end. */
    Item next() throws IOException;

    @Override
    void close() throws IOException;
}
