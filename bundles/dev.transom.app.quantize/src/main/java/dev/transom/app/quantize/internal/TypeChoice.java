package dev.transom.app.quantize.internal;

import dev.transom.api.TransomException;
import dev.transom.api.tensor.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which format each tensor gets: the name of a format gives it to every matrix, a mix such as Q4_K_M spends more bits where they matter
 * most, by llama.cpp's rules ({@code src/llama-quant.cpp}) without importance weights.
 *
 * @param name     as the user writes it
 * @param fileType its number in {@code general.file_type}
 * @param base     the format of most matrices
 * @param size     S, M or L for a mix, else a space
 */
record TypeChoice(String name, int fileType, Format base, char size) {

    private static final List<TypeChoice> ALL = List.of(
        new TypeChoice("F32", 0, Format.F32, ' '), new TypeChoice("F16", 1, Format.F16, ' '), new TypeChoice("BF16", 32, Format.BF16, ' '),
        new TypeChoice("Q8_0", 7, Format.Q8_0, ' '), new TypeChoice("Q4_0", 2, Format.Q4_0, ' '),
        new TypeChoice("Q4_1", 3, Format.Q4_1, ' '), new TypeChoice("Q5_0", 8, Format.Q5_0, ' '),
        new TypeChoice("Q5_1", 9, Format.Q5_1, ' '), new TypeChoice("Q2_K", 10, Format.Q2_K, ' '),
        new TypeChoice("Q3_K", 12, Format.Q3_K, ' '), new TypeChoice("Q4_K", 15, Format.Q4_K, ' '),
        new TypeChoice("Q5_K", 17, Format.Q5_K, ' '), new TypeChoice("Q6_K", 18, Format.Q6_K, ' '),
        new TypeChoice("Q3_K_S", 11, Format.Q3_K, 'S'), new TypeChoice("Q3_K_M", 12, Format.Q3_K, 'M'),
        new TypeChoice("Q3_K_L", 13, Format.Q3_K, 'L'), new TypeChoice("Q4_K_S", 14, Format.Q4_K, 'S'),
        new TypeChoice("Q4_K_M", 15, Format.Q4_K, 'M'), new TypeChoice("Q5_K_S", 16, Format.Q5_K, 'S'),
        new TypeChoice("Q5_K_M", 17, Format.Q5_K, 'M'));
    private static final Pattern LAYER = Pattern.compile("blk\\.(\\d{1,6})\\..*");

    static TypeChoice of(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        return ALL.stream().filter(choice -> choice.name.equals(wanted)).findFirst().orElseThrow(() -> new TransomException("--type: one of "
            + names() + " is required; got " + name + ". Choose one of these."));
    }

    static List<String> names() {
        return ALL.stream().map(TypeChoice::name).toList();
    }

    /**
     * The format of one tensor.
     *
     * @param shape    slowest first
     * @param layers   layers of the model
     * @param hasHead  whether the model has an output matrix of its own
     */
    Format format(String tensor, List<Long> shape, int layers, boolean hasHead) {
        if (shape.size() < 2 || !tensor.endsWith(".weight") || tensor.contains("_norm") || tensor.contains("ffn_gate_inp")
            || tensor.startsWith("rope_") || tensor.startsWith("position_embd") || tensor.startsWith("token_types")) {
            return Format.F32;
        }
        return fitting(wanted(tensor, layers, hasHead), shape.getLast());
    }

    private Format wanted(String tensor, int layers, boolean hasHead) {
        if (size == ' ') {
            return base;
        }
        if (tensor.equals("output.weight") || !hasHead && tensor.equals("token_embd.weight")) {
            return Format.Q6_K;
        }
        Matcher matcher = LAYER.matcher(tensor);
        if (!matcher.matches()) {
            return base;
        }
        int layer = Integer.parseInt(matcher.group(1));
        return switch (tensor.substring(tensor.indexOf('.', 4) + 1)) {
            case "attn_v.weight" -> values(layer, layers);
            case "ffn_down.weight", "ffn_down_exps.weight" -> down(layer, layers);
            case "attn_output.weight" -> base.equals(Format.Q3_K) && size != 'S' ? size == 'M' ? Format.Q4_K : Format.Q5_K : base;
            case "attn_qkv.weight" -> size == 'M' ? switch (base.name()) {
                case "Q3_K" -> Format.Q4_K;
                case "Q4_K" -> Format.Q5_K;
                default -> Format.Q6_K;
            } : base;
            default -> base;
        };
    }

    private Format values(int layer, int layers) {
        return switch (name) {
            case "Q3_K_M" -> layer < 2 ? Format.Q5_K : Format.Q4_K;
            case "Q3_K_L" -> Format.Q5_K;
            case "Q4_K_S" -> layer < 4 ? Format.Q5_K : base;
            case "Q4_K_M", "Q5_K_M" -> matters(layer, layers) ? Format.Q6_K : base;
            default -> base;
        };
    }

    private Format down(int layer, int layers) {
        return switch (name) {
            case "Q3_K_M" -> layer < layers / 16 ? Format.Q5_K : matters(layer, layers) ? Format.Q4_K : base;
            case "Q3_K_L" -> Format.Q5_K;
            case "Q4_K_S" -> layer < layers / 8 ? Format.Q5_K : base;
            case "Q4_K_M", "Q5_K_M" -> matters(layer, layers) ? Format.Q6_K : base;
            default -> base;
        };
    }

    /** The first and the last eighth of the layers, and every third between. */
    private static boolean matters(int layer, int layers) {
        return layer < layers / 8 || layer >= 7 * layers / 8 || (layer - layers / 8) % 3 == 2;
    }

    /** What stands in where rows are no whole blocks: blocks of 32 with a bit more, else halves. */
    private static Format fitting(Format format, long columns) {
        if (columns % format.blockElements() == 0) {
            return format;
        }
        Format smaller = switch (format.name()) {
            case "Q2_K", "Q3_K" -> Format.Q4_0;
            case "Q4_K" -> Format.Q5_0;
            case "Q5_K" -> Format.Q5_1;
            default -> Format.Q8_0;
        };
        return columns % smaller.blockElements() == 0 ? smaller : Format.F16;
    }

    /** Formats and how many tensors have each, for a summary. */
    static List<String> counts(List<Format> formats) {
        List<String> counts = new ArrayList<>();
        formats.stream().distinct().forEach(format ->
            counts.add(formats.stream().filter(format::equals).count() + " " + format));
        return counts;
    }
}
