package dev.transom.engine.internal;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Full cache blocks that rows left behind, found again by the tokens in them and before them: a node is a block of tokens under the
 * node of the block before. The tree holds each of its blocks once, beside the rows that use it; what no row uses may be evicted,
 * the longest unused first and never before its children. Belongs to the scheduler's thread.
 */
final class PrefixTree {

    private static final long ROOT = 0;

    private final BlockAllocator allocator;
    private final int blockSize;
    /** In order of use. A node is used after its children, so it is always younger than they. */
    private final Map<Key, Node> nodes = new LinkedHashMap<>(64, 0.75f, true);
    private long lastId = ROOT;

    PrefixTree(BlockAllocator allocator, int blockSize) {
        this.allocator = allocator;
        this.blockSize = blockSize;
    }

    /** A block's tokens under the node before it. */
    private record Key(long before, int[] tokens) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.before == before && Arrays.equals(key.tokens, tokens);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(before) * 31 + Arrays.hashCode(tokens);
        }
    }

    private static final class Node {
        private final long id;
        private final int block;
        private final Node before;
        private int children;

        Node(long id, int block, Node before) {
            this.id = id;
            this.block = block;
            this.before = before;
        }
    }

    /** Blocks held. */
    int size() {
        return nodes.size();
    }

    /**
     * Gives a row the blocks that hold its first tokens, beyond those that it has already; it shares them from now on.
     *
     * @param tokens tokens that may be taken over
     * @return blocks that the row has now
     */
    int share(int[] ids, int tokens, int[] blocks, int held) {
        Key[] path = new Key[tokens / blockSize];
        int found = 0;
        for (Node node = null; found < path.length; found++) {
            path[found] = key(node, ids, found);
            node = nodes.get(path[found]);
            if (node == null) {
                break;
            }
            if (found >= held) {
                blocks[found] = node.block;
                allocator.share(node.block);
            }
        }
        touch(path, found);
        return Math.max(found, held);
    }

    /** Keeps a row's first {@code count} blocks, which are full. A block that is known already stays as it is. */
    void keep(int[] ids, int[] blocks, int count) {
        Key[] path = new Key[count];
        Node before = null;
        for (int i = 0; i < count; i++) {
            path[i] = key(before, ids, i);
            Node node = nodes.get(path[i]);
            if (node == null) {
                node = new Node(++lastId, blocks[i], before);
                nodes.put(path[i], node);
                allocator.share(blocks[i]);
                if (before != null) {
                    before.children++;
                }
            }
            before = node;
        }
        touch(path, count);
    }

    private Key key(Node before, int[] ids, int block) {
        return new Key(before == null ? ROOT : before.id, Arrays.copyOfRange(ids, block * blockSize, (block + 1) * blockSize));
    }

    private void touch(Key[] path, int count) {
        for (int i = count - 1; i >= 0; i--) {
            nodes.get(path[i]);
        }
    }

    /** Promises blocks, giving up what nobody uses if need be; false when that is not enough. */
    boolean promise(int count) {
        Iterator<Node> oldest = nodes.values().iterator();
        while (!allocator.promise(count)) {
            Node next = null;
            while (next == null && oldest.hasNext()) {
                Node candidate = oldest.next();
                next = candidate.children == 0 && allocator.holders(candidate.block) == 1 ? candidate : null;
            }
            if (next == null) {
                return false;
            }
            oldest.remove();
            forget(next);
        }
        return true;
    }

    private void forget(Node node) {
        allocator.release(node.block);
        if (node.before != null) {
            node.before.children--;
        }
    }

    /** Gives up everything. */
    void clear() {
        nodes.values().forEach(node -> allocator.release(node.block));
        nodes.clear();
    }
}
