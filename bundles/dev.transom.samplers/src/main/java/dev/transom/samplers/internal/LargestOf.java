package dev.transom.samplers.internal;

import java.util.Arrays;

/**
 * Finds the k-th largest of many numbers for a small k, reading them once: a heap holds the k largest so far, the least of them on
 * top, and few numbers ever enter it.
 */
final class LargestOf {

    /** Beyond this, selection by partition is quicker. */
    static final int MOST = 1024;

    private final float[] heap;

    LargestOf(int k) {
        heap = new float[k];
    }

    /** The k-th largest; −∞ when there are fewer. */
    float least(float[] numbers) {
        Arrays.fill(heap, Float.NEGATIVE_INFINITY);
        for (float number : numbers) {
            if (number > heap[0]) {
                replaceTop(number);
            }
        }
        return heap[0];
    }

    private void replaceTop(float number) {
        int place = 0;
        int child = 1;
        while (child < heap.length) {
            if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= number) {
                break;
            }
            heap[place] = heap[child];
            place = child;
            child = 2 * place + 1;
        }
        heap[place] = number;
    }
}
