package dev.transom.engine.internal;

import java.util.List;

/**
 * Cuts a stream of text before the first stop string: text that could be the beginning of one is held back until it is decided.
 * Belongs to one thread.
 */
final class StopStrings {

    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean stopped;

    /** @param stops texts, none empty */
    StopStrings(List<String> stops) {
        this.stops = stops;
    }

    boolean stopped() {
        return stopped;
    }

    /** Takes a piece and gives the text that no stop string can touch any more. */
    String push(String piece) {
        if (stopped) {
            return "";
        }
        held.append(piece);
        int found = firstStop();
        if (found >= 0) {
            stopped = true;
            return held.substring(0, found);
        }
        int safe = held.length() - heldBack();
        String text = held.substring(0, safe);
        held.delete(0, safe);
        return text;
    }

    /** Gives what was held back, the stream having ended without a stop string. */
    String finish() {
        return stopped ? "" : held.toString();
    }

    /** Where the stop starts that is complete first, so that it does not matter how the text was cut into pieces. */
    private int firstStop() {
        int first = -1;
        int end = Integer.MAX_VALUE;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            if (at >= 0 && (at + stop.length() < end || at + stop.length() == end && at < first)) {
                first = at;
                end = at + stop.length();
            }
        }
        return first;
    }

    /** Length of the longest end of the held text that begins a stop string. */
    private int heldBack() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
                if (held.indexOf(stop.substring(0, length), held.length() - length) >= 0) {
                    longest = length;
                }
            }
        }
        return longest;
    }
}
