package dev.transom.app.perplexity.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into overlapping windows, so that each token is predicted once, and all but the first ones from at least
 * {@code context − stride} tokens before it.
 *
 * @param ids     the text
 * @param begin   ids that every window starts with, BOS or nothing
 * @param context ids of a window, {@code begin} included
 * @param stride  ids that a window predicts, except the first, which predicts all of its own
 */
record Windows(int[] ids, int[] begin, int context, int stride) {

    /**
     * One window.
     *
     * @param ids  what the model reads
     * @param from index of the first id that is predicted here
     */
    record Window(int[] ids, int from) {
    }

    List<Window> all() {
        List<Window> windows = new ArrayList<>();
        int room = context - begin.length;
        int done = begin.length == 0 ? 1 : 0;
        while (done < ids.length) {
            int end = windows.isEmpty() ? Math.min(ids.length, room) : Math.min(ids.length, done + stride);
            int start = Math.max(0, end - room);
            int[] window = new int[begin.length + end - start];
            System.arraycopy(begin, 0, window, 0, begin.length);
            System.arraycopy(ids, start, window, begin.length, end - start);
            windows.add(new Window(window, begin.length + done - start));
            done = end;
        }
        return windows;
    }
}
