package dev.transom.tokenizers.internal.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Unicode normalisation that keeps track of which code point replaces which. Java's own normaliser gives no
 * alignment; it serves here for the decomposition of one code point and the composition of two.
 *
 * <p>Order of work as in UAX #15: decompose, sort marks by combining class, compose. Data: Unicode 9.
 */
public enum UnicodeForm {
    /** Canonical decomposition. */
    NFD(Normalizer.Form.NFD, Normalizer.Form.NFD, false),
    /** Compatibility decomposition. */
    NFKD(Normalizer.Form.NFKD, Normalizer.Form.NFKD, false),
    /** Canonical composition. */
    NFC(Normalizer.Form.NFC, Normalizer.Form.NFD, true),
    /** Compatibility composition. */
    NFKC(Normalizer.Form.NFKC, Normalizer.Form.NFKD, true);

    private static final CodePointSet UNKNOWN = UnicodeData.INSTANCE.section("decomposition absent");

    private final Normalizer.Form form;
    private final Normalizer.Form decomposition;
    private final boolean composes;

    UnicodeForm(Normalizer.Form form, Normalizer.Form decomposition, boolean composes) {
        this.form = form;
        this.decomposition = decomposition;
        this.composes = composes;
    }

    /** A code point on its way; {@code change} as in {@link Changes}. */
    private record Mark(int codePoint, int change, int combiningClass) {}

    /** Normalises the text. */
    public void apply(NormalizedText text) {
        if (Normalizer.isNormalized(text.text(), form)) {
            return;
        }
        List<Mark> decomposed = decompose(text.text());
        List<Mark> result = composes ? compose(decomposed) : decomposed;
        Changes changes = new Changes(result.size());
        result.forEach(m -> changes.add(m.codePoint, m.change));
        text.transform(changes, 0);
    }

    private List<Mark> decompose(String text) {
        List<Mark> marks = new ArrayList<>(text.length() + 16);
        int pending = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            String parts = decomposition(codePoint);
            for (int k = 0; k < parts.length(); ) {
                int part = parts.codePointAt(k);
                int combiningClass = UnicodeData.INSTANCE.combiningClass(part);
                if (combiningClass == 0) {
                    sort(marks, pending);
                    pending = marks.size() + 1;
                }
                marks.add(new Mark(part, k == 0 ? 0 : 1, combiningClass));
                k += Character.charCount(part);
            }
        }
        sort(marks, pending);
        return marks;
    }

    private String decomposition(int codePoint) {
        String alone = Character.toString(codePoint);
        if (codePoint < 0xa0 || UNKNOWN.contains(codePoint)) {
            return alone;
        }
        return Normalizer.normalize(alone, decomposition);
    }

    /** Sorts the marks behind the last starter; stable, so equal classes keep the text's order. */
    private static void sort(List<Mark> marks, int from) {
        if (marks.size() - from > 1) {
            marks.subList(from, marks.size()).sort(Comparator.comparingInt(Mark::combiningClass));
        }
    }

    private static List<Mark> compose(List<Mark> decomposed) {
        List<Mark> result = new ArrayList<>(decomposed.size());
        int starter = -1;
        int lastClass = -1;
        for (Mark mark : decomposed) {
            if (starter < 0) {
                if (mark.combiningClass == 0) {
                    starter = result.size();
                }
                result.add(mark);
                continue;
            }
            // A mark is blocked from the starter by one of the same or a higher class in between.
            boolean blocked = lastClass >= mark.combiningClass;
            int composed = blocked ? -1 : composition(result.get(starter).codePoint, mark.codePoint);
            if (composed >= 0) {
                result.set(starter, new Mark(composed, result.get(starter).change + mark.change - 1, 0));
                continue;
            }
            if (mark.combiningClass == 0) {
                starter = result.size();
                lastClass = -1;
            } else {
                lastClass = mark.combiningClass;
            }
            result.add(mark);
        }
        return result;
    }

    /** The one code point that two compose to, or -1. */
    private static int composition(int first, int second) {
        if (second < 0x300) {
            return -1;
        }
        String both = Normalizer.normalize(Character.toString(first) + Character.toString(second), Normalizer.Form.NFC);
        int composed = both.codePointAt(0);
        boolean one = both.length() == Character.charCount(composed);
        return one && !UNKNOWN.contains(composed) ? composed : -1;
    }
}
