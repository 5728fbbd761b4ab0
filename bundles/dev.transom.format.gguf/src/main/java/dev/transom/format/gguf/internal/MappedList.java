package dev.transom.format.gguf.internal;

import java.lang.foreign.MemorySegment;
import java.util.AbstractList;
import java.util.RandomAccess;

/** An array of a file, read element by element where it lies: a vocabulary of 262144 tokens costs nothing until it is asked for. */
abstract class MappedList extends AbstractList<Object> implements RandomAccess {

    private static final int SHOWN = 8;

    final MemorySegment file;

    private MappedList(MemorySegment file) {
        this.file = file;
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
        public Object get(int index) {
            return type.read(file, at + (long) java.util.Objects.checkIndex(index, count) * type.bytes());
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
        public Object get(int index) {
            long start = starts[index];
            return Cursor.text(file, start + 8, (int) Cursor.i64(file, start));
        }

        @Override
        public int size() {
            return starts.length;
        }
    }
}
