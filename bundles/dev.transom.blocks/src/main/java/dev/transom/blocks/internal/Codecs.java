package dev.transom.blocks.internal;

import java.util.Optional;

/** Which reader and writer a format of blocks has. */
public final class Codecs {

    private Codecs() {
    }

    public static Optional<Decoder> decoder(String format) {
        Decoder decoder = switch (format) {
            case "Q4_0" -> PlainBlocks::q40;
            case "Q4_1" -> PlainBlocks::q41;
            case "Q5_0" -> PlainBlocks::q50;
            case "Q5_1" -> PlainBlocks::q51;
            case "Q8_0" -> PlainBlocks::q80;
            case "Q2_K" -> SuperBlocks::q2k;
            case "Q3_K" -> SuperBlocks::q3k;
            case "Q4_K" -> SuperBlocks::q4k;
            case "Q5_K" -> SuperBlocks::q5k;
            case "Q6_K" -> SuperBlocks::q6k;
            case "IQ4_NL" -> PlainBlocks::iq4nl;
            case "IQ4_XS" -> SuperBlocks::iq4xs;
            case "IQ3_XXS" -> GridBlocks::iq3xxs;
            case "IQ3_S" -> GridBlocks::iq3s;
            case "IQ2_XXS" -> GridBlocks::iq2xxs;
            case "IQ2_XS" -> GridBlocks::iq2xs;
            case "IQ2_S" -> GridBlocks::iq2s;
            case "IQ1_S" -> GridBlocks::iq1s;
            case "IQ1_M" -> GridBlocks::iq1m;
            case "TQ1_0" -> SuperBlocks::tq10;
            case "TQ2_0" -> SuperBlocks::tq20;
            case "MXFP4" -> PlainBlocks::mxfp4;
            case "NVFP4" -> PlainBlocks::nvfp4;
            default -> null;
        };
        return Optional.ofNullable(decoder);
    }

    public static Optional<Encoder> encoder(String format) {
        Encoder encoder = switch (format) {
            case "Q4_0" -> PlainEncoders::q40;
            case "Q4_1" -> PlainEncoders::q41;
            case "Q5_0" -> PlainEncoders::q50;
            case "Q5_1" -> PlainEncoders::q51;
            case "Q8_0" -> PlainEncoders::q80;
            case "Q2_K" -> SuperEncoders::q2k;
            case "Q3_K" -> SuperEncoders::q3k;
            case "Q4_K" -> SuperEncoders::q4k;
            case "Q5_K" -> SuperEncoders::q5k;
            case "Q6_K" -> SuperEncoders::q6k;
            default -> null;
        };
        return Optional.ofNullable(encoder);
    }
}
