package dev.transom.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BlockAllocatorTest {

    @Test
    void promisesOnlyWhatIsLeft() {
        BlockAllocator allocator = new BlockAllocator(3);
        assertTrue(allocator.promise(2));
        assertFalse(allocator.promise(2));
        allocator.take();
        assertTrue(allocator.promise(1));
        assertFalse(allocator.promise(1));
        allocator.forgo(1);
        assertTrue(allocator.promise(1));
    }

    @Test
    void theLastHolderFreesABlock() {
        BlockAllocator allocator = new BlockAllocator(1);
        allocator.promise(1);
        int block = allocator.take();
        allocator.share(block);
        allocator.release(block);
        assertEquals(0, allocator.free());
        allocator.release(block);
        assertEquals(1, allocator.free());
        assertEquals("cache blocks: a block must be held to be released; block 0 is free.",
            assertThrows(IllegalStateException.class, () -> allocator.release(block)).getMessage());
        assertThrows(IllegalStateException.class, allocator::take);
    }
}
