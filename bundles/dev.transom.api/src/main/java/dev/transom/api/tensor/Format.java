package dev.transom.api.tensor;

/**
 * How elements are stored: in blocks of {@code blockElements} along the last axis, each of {@code blockBytes} bytes.
 *
 * @param name          as files name it: F32, BF16, Q8_0 …
 * @param blockElements elements of one block, 1 for plain types
 * @param blockBytes    bytes of one block
 */
public record Format(String name, int blockElements, int blockBytes) {

    public static final Format F64 = new Format("F64", 1, 8);
    public static final Format F32 = new Format("F32", 1, 4);
    public static final Format F16 = new Format("F16", 1, 2);
    public static final Format BF16 = new Format("BF16", 1, 2);
    public static final Format I64 = new Format("I64", 1, 8);
    public static final Format I32 = new Format("I32", 1, 4);
    public static final Format I16 = new Format("I16", 1, 2);
    public static final Format I8 = new Format("I8", 1, 1);
    public static final Format U8 = new Format("U8", 1, 1);
    public static final Format BOOL = new Format("BOOL", 1, 1);
    public static final Format F8_E4M3 = new Format("F8_E4M3", 1, 1);
    public static final Format F8_E5M2 = new Format("F8_E5M2", 1, 1);

    // Blocks as ggml defines them; package dev.transom.blocks reads and writes them.
    public static final Format Q4_0 = new Format("Q4_0", 32, 18);
    public static final Format Q4_1 = new Format("Q4_1", 32, 20);
    public static final Format Q5_0 = new Format("Q5_0", 32, 22);
    public static final Format Q5_1 = new Format("Q5_1", 32, 24);
    public static final Format Q8_0 = new Format("Q8_0", 32, 34);
    public static final Format Q2_K = new Format("Q2_K", 256, 84);
    public static final Format Q3_K = new Format("Q3_K", 256, 110);
    public static final Format Q4_K = new Format("Q4_K", 256, 144);
    public static final Format Q5_K = new Format("Q5_K", 256, 176);
    public static final Format Q6_K = new Format("Q6_K", 256, 210);
    public static final Format IQ4_NL = new Format("IQ4_NL", 32, 18);
    public static final Format IQ4_XS = new Format("IQ4_XS", 256, 136);
    public static final Format IQ3_XXS = new Format("IQ3_XXS", 256, 98);
    public static final Format IQ3_S = new Format("IQ3_S", 256, 110);
    public static final Format IQ2_XXS = new Format("IQ2_XXS", 256, 66);
    public static final Format IQ2_XS = new Format("IQ2_XS", 256, 74);
    public static final Format IQ2_S = new Format("IQ2_S", 256, 82);
    public static final Format IQ1_S = new Format("IQ1_S", 256, 50);
    public static final Format IQ1_M = new Format("IQ1_M", 256, 56);
    public static final Format TQ1_0 = new Format("TQ1_0", 256, 54);
    public static final Format TQ2_0 = new Format("TQ2_0", 256, 66);
    public static final Format MXFP4 = new Format("MXFP4", 32, 17);
    public static final Format NVFP4 = new Format("NVFP4", 64, 36);

    /** Whether elements share blocks, so that only whole blocks can be read. */
    public boolean blocked() {
        return blockElements > 1;
    }

    /** Bytes of {@code elements} elements; the last block may be partly used. */
    public long bytes(long elements) {
        return Math.multiplyExact(Math.ceilDiv(elements, (long) blockElements), blockBytes);
    }

    @Override
    public String toString() {
        return name;
    }
}
