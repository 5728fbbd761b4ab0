package dev.transom.tokenizers.internal.gguf;

import dev.transom.api.tokenizer.SpecialRole;
import dev.transom.tokenizers.internal.AddedToken;
import dev.transom.tokenizers.internal.Pipeline;
import dev.transom.tokenizers.internal.decoder.ByteFallbackDecoder;
import dev.transom.tokenizers.internal.decoder.ByteLevelDecoder;
import dev.transom.tokenizers.internal.decoder.Decoder;
import dev.transom.tokenizers.internal.decoder.ReplaceDecoder;
import dev.transom.tokenizers.internal.decoder.StripDecoder;
import dev.transom.tokenizers.internal.model.BpeModel;
import dev.transom.tokenizers.internal.model.BpeOptions;
import dev.transom.tokenizers.internal.model.Model;
import dev.transom.tokenizers.internal.model.ScoredBpeModel;
import dev.transom.tokenizers.internal.model.TokenTrie;
import dev.transom.tokenizers.internal.model.UnigramModel;
import dev.transom.tokenizers.internal.model.Vocabulary;
import dev.transom.tokenizers.internal.model.WordPieceModel;
import dev.transom.tokenizers.internal.normalizer.BertNormalizer;
import dev.transom.tokenizers.internal.normalizer.Normalizer;
import dev.transom.tokenizers.internal.normalizer.RewriteRules;
import dev.transom.tokenizers.internal.normalizer.SentencePieceNormalizer;
import dev.transom.tokenizers.internal.postprocessor.PostProcessor;
import dev.transom.tokenizers.internal.pretokenizer.PreTokenizer;
import dev.transom.tokenizers.internal.text.BytesAsCharacters;
import dev.transom.tokenizers.internal.text.TextPattern;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The parts of a tokenizer by kind of vocabulary; ids that a file leaves out are llama.cpp's. */
final class GgufPipelines {

    private static final String SPACE = "\u2581";
    private static final int NONE = -1;

    private GgufPipelines() {}

    /** SentencePiece's byte pairs: {@code llama}. */
    static Pipeline scored(GgufTokens tokens, List<AddedToken> added) {
        GgufRoles roles = new GgufRoles(tokens, 1, 2, 0, NONE, NONE);
        boolean prefix = tokens.flag("add_space_prefix", true);
        Vocabulary vocabulary = new Vocabulary(tokens.texts);
        Model model = new ScoredBpeModel(vocabulary, tokens.scores, new ScoredBpeModel.Options(new BitSet(), new BitSet(),
                new TokenTrie(0), roles.id(SpecialRole.UNKNOWN), true));
        List<Decoder> steps = new ArrayList<>(List.of(new ReplaceDecoder(TextPattern.literal(SPACE), " "),
                new ByteFallbackDecoder(), Decoder.fuse()));
        if (prefix) {
            steps.add(new StripDecoder(' ', 1, 0));
        }
        return pipeline(added, text -> { }, text -> text.normalize(piece -> {
            piece.replace(TextPattern.literal(" "), SPACE);
            if (prefix) {
                piece.prepend(SPACE);
            }
        }), model, roles.around(true, false), Decoder.sequence(steps), roles);
    }

    /** Byte-level pairs: {@code gpt2}. */
    static Pipeline bytePairs(GgufTokens tokens, List<AddedToken> added) {
        NamedPreTokenizer cutting = NamedPreTokenizer.of(tokens);
        GgufRoles roles = new GgufRoles(tokens, 11, 11, NONE, NONE, NONE);
        BpeOptions options = new BpeOptions(Optional.empty(), "", "", false, false, cutting.ignoresMerges());
        return pipeline(added, text -> { }, text -> {
            cutting.preTokenize(text);
            text.normalize(BytesAsCharacters::apply);
        }, pairs(tokens, options), roles.around(cutting.addsBegin(), false), new ByteLevelDecoder(), roles);
    }

    /** Pairs over whole lines, with spaces as U+2581 and byte fallback: {@code gemma4}. */
    static Pipeline wholeTextPairs(GgufTokens tokens, List<AddedToken> added) {
        GgufRoles roles = new GgufRoles(tokens, NONE, NONE, NONE, NONE, NONE);
        BpeOptions options = new BpeOptions(Optional.empty(), "", "", false, true, false);
        PreTokenizer lines = NamedPreTokenizer.lines();
        return pipeline(added, text -> text.replace(TextPattern.literal(" "), SPACE), lines, pairs(tokens, options),
                roles.around(true, false),
                Decoder.sequence(List.of(new ReplaceDecoder(TextPattern.literal(SPACE), " "), new ByteFallbackDecoder())), roles);
    }

    private static Model pairs(GgufTokens tokens, BpeOptions options) {
        List<String> joined = tokens.texts("merges");
        if (joined.isEmpty()) {
            throw tokens.refusal("merges", "a list of texts", "none");
        }
        List<String> merges = new ArrayList<>(joined.size() * 2);
        for (String merge : joined) {
            int space = merge.indexOf(' ', 1);
            merges.add(space < 0 ? "" : merge.substring(0, space));
            merges.add(space < 0 ? "" : merge.substring(space + 1));
        }
        return BpeModel.ofKnownMerges(tokens.where(), new Vocabulary(tokens.texts), merges, options);
    }

    /** BERT's, whose words start with U+2581 in GGUF: {@code bert}. */
    static Pipeline wordPieces(GgufTokens tokens, List<AddedToken> added) {
        GgufRoles roles = new GgufRoles(tokens, 101, NONE, 100, 0, 103);
        boolean lowercase = tokens.flag("normalizer.lowercase", true);
        Normalizer normalizer = new BertNormalizer(true, true, tokens.flag("normalizer.strip_accents", lowercase), lowercase);
        PreTokenizer words = PreTokenizer.sequence(List.of(PreTokenizer.bert(),
                text -> text.normalize(piece -> piece.prepend(SPACE))));
        OptionalInt unknown = roles.id(SpecialRole.UNKNOWN);
        Model model = new WordPieceModel(new Vocabulary(tokens.texts),
                unknown.isPresent() ? tokens.texts.get(unknown.getAsInt()) : "[UNK]", "", Integer.MAX_VALUE);
        return pipeline(added, normalizer, words, model, roles.aroundWords(),
                Decoder.sequence(List.of(new ReplaceDecoder(TextPattern.literal(SPACE), " "), Decoder.fuse(),
                        new StripDecoder(' ', 1, 0))), roles);
    }

    /** SentencePiece's unigram: {@code t5}. */
    static Pipeline unigram(GgufTokens tokens, List<AddedToken> added) {
        GgufRoles roles = new GgufRoles(tokens, NONE, 1, 2, 0, NONE);
        boolean prefix = tokens.flag("add_space_prefix", false);
        var options = new SentencePieceNormalizer.Options(prefix, tokens.flag("remove_extra_whitespaces", false), true, false);
        byte[] rules = tokens.bytes("precompiled_charsmap");
        Normalizer normalizer = new SentencePieceNormalizer(options,
                rules.length == 0 ? RewriteRules.NONE : new RewriteRules(tokens.where(), rules), new TokenTrie(0), false);
        BitSet excluded = new BitSet();
        double[] scores = new double[tokens.scores.length];
        double lowest = Double.POSITIVE_INFINITY;
        for (int id = 0; id < scores.length; id++) {
            int type = tokens.type(id);
            excluded.set(id, type == GgufTokens.CONTROL || type == GgufTokens.UNKNOWN || type == GgufTokens.BYTE);
            scores[id] = type == GgufTokens.USER_DEFINED ? 0 : tokens.scores[id];
            lowest = type == 1 ? Math.min(lowest, scores[id]) : lowest;
        }
        Model model = new UnigramModel(new Vocabulary(tokens.texts), scores, excluded, lowest, roles.id(SpecialRole.UNKNOWN),
                false, false);
        List<Decoder> steps = new ArrayList<>(List.of(new ReplaceDecoder(TextPattern.literal(SPACE), " "), Decoder.fuse()));
        if (prefix) {
            steps.add(new StripDecoder(' ', 1, 0));
        }
        return pipeline(added, normalizer, text -> { }, model, roles.around(false, true), Decoder.sequence(steps), roles);
    }

    private static Pipeline pipeline(List<AddedToken> added, Normalizer normalizer, PreTokenizer preTokenizer, Model model,
            PostProcessor postProcessor, Decoder decoder, GgufRoles roles) {
        return new Pipeline(added, normalizer, preTokenizer, model, postProcessor, Optional.of(decoder), roles.tokens(),
                Optional.empty(), Optional.empty());
    }
}
