package dev.transom.format.gguf.internal;

import java.lang.foreign.MemorySegment;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.RandomAccess;

/** An array of a file, read element by element where it lies: a vocabulary of 262144 tokens costs nothing until it is asked for. */
abstract class MappedList extends AbstractList<Object> implements RandomAccess {

    private static final int SHOWN = 8;
    /** Bytes of the longest number, and of a length. */
    private static final int LONGEST = 8;

    final MemorySegment file;

    private MappedList(MemorySegment file) {
        this.file = file;
    }

    /** Reads one element. */
    abstract Object read(Window window, int index);

    /** Bytes of all elements. */
    abstract long bytes();

    @Override
    public Object get(int index) {
        return read(new Window(file, LONGEST), Objects.checkIndex(index, size()));
    }

    /** Reads ahead: much quicker than asking for one after the other. */
    @Override
    public Iterator<Object> iterator() {
        Window window = new Window(file, Math.max(LONGEST, bytes()));
        return new Iterator<>() {

            private int next;

            @Override
            public boolean hasNext() {
                return next < size();
            }

            @Override
            public Object next() {
                if (next == size()) {
                    throw new NoSuchElementException();
                }
                return read(window, next++);
            }
        };
    }

    /** The first elements and how many there are, for people: all of them would fill pages. */
    @Override
    public String toString() {
        return size() <= SHOWN ? super.toString() : subList(0, SHOWN) + " and so on, " + size() + " in all";
    }

    /** @param at where the first of {@code count} elements begins, all of which lie within the file */
    static MappedList numbers(MemorySegment file, ValueType type, long at, int count) {
        return new Numbers(file, type, at, count);
    }

    /** @param starts where each text's length stands, all checked */
    static MappedList texts(MemorySegment file, long[] starts) {
        return new Texts(file, starts);
    }

    private static final class Numbers extends MappedList {

        private final ValueType type;
        private final long at;
        private final int count;

        Numbers(MemorySegment file, ValueType type, long at, int count) {
            super(file);
            this.type = type;
            this.at = at;
            this.count = count;
        }

        @Override
        Object read(Window window, int index) {
            return type.read(window, at + (long) index * type.bytes());
        }

        @Override
        long bytes() {
            return (long) count * type.bytes();
        }

        @Override
        public int size() {
            return count;
        }
    }

    private static final class Texts extends MappedList {

        private final long[] starts;

        Texts(MemorySegment file, long[] starts) {
            super(file);
            this.starts = starts;
        }

        @Override
        Object read(Window window, int index) {
            long start = starts[index];
            return window.text(start + 8, (int) window.i64(start));
        }

        /** Up to where the last one begins. */
        @Override
        long bytes() {
            return starts.length == 0 ? 0 : starts[starts.length - 1] - starts[0];
        }

        @Override
        public int size() {
            return starts.length;
        }
    }
}
