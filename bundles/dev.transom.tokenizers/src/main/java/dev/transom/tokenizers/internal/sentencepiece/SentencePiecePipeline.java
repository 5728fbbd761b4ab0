package dev.transom.tokenizers.internal.sentencepiece;

import dev.transom.api.tokenizer.SpecialRole;
import dev.transom.tokenizers.internal.AddedToken;
import dev.transom.tokenizers.internal.Pipeline;
import dev.transom.tokenizers.internal.format.TokenizerConfig;
import dev.transom.tokenizers.internal.model.Model;
import dev.transom.tokenizers.internal.model.ScoredBpeModel;
import dev.transom.tokenizers.internal.model.TokenTrie;
import dev.transom.tokenizers.internal.model.UnigramModel;
import dev.transom.tokenizers.internal.model.Vocabulary;
import dev.transom.tokenizers.internal.normalizer.Normalizer;
import dev.transom.tokenizers.internal.normalizer.RewriteRules;
import dev.transom.tokenizers.internal.normalizer.SentencePieceNormalizer;
import dev.transom.tokenizers.internal.postprocessor.Encoded.Entry;
import dev.transom.tokenizers.internal.postprocessor.PostProcessor;
import dev.transom.tokenizers.internal.postprocessor.TemplateProcessing;
import dev.transom.tokenizers.internal.postprocessor.TemplateProcessing.Markers;
import dev.transom.tokenizers.internal.postprocessor.TemplateProcessing.Part;
import dev.transom.tokenizers.internal.postprocessor.TemplateProcessing.Text;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes the parts of a tokenizer from a {@code .model} file and the configuration beside it. */
final class SentencePiecePipeline {

    private static final double UNIGRAM_BONUS = 0.1;

    private final String where;
    private final SentencePieceFile file;
    private final TokenizerConfig config;
    private final Vocabulary vocabulary;

    SentencePiecePipeline(String where, SentencePieceFile file, TokenizerConfig config) {
        this.where = where;
        this.file = file;
        this.config = config;
        vocabulary = new Vocabulary(file.pieces);
    }

    Pipeline pipeline() {
        TokenTrie userDefined = new TokenTrie(16);
        for (int id = 0; id < file.pieces.size(); id++) {
            if (file.kind(id) == SentencePieceFile.USER_DEFINED) {
                userDefined.put(file.pieces.get(id), id);
            }
        }
        var options = new SentencePieceNormalizer.Options(file.addDummyPrefix, file.removeExtraSpaces, file.escapeSpaces, file.spaceAsSuffix);
        Normalizer normalizer = new SentencePieceNormalizer(options,
                file.rules.length == 0 ? RewriteRules.NONE : new RewriteRules(where, file.rules), userDefined, !config.legacy());
        Model model = file.modelType == SentencePieceFile.BPE ? bpe(userDefined) : unigram();
        Map<SpecialRole, String> roles = roles();
        var decoder = new SentencePieceDecoder(file.addDummyPrefix, file.removeExtraSpaces, file.pieces.get(file.unknownId),
                file.unknownSurface, file.byteFallback);
        return new Pipeline(added(roles), normalizer, text -> { }, model, around(roles), Optional.of(decoder), roles,
                Optional.empty(), Optional.empty());
    }

    private BitSet ofKinds(int... kinds) {
        BitSet ids = new BitSet();
        for (int id = 0; id < file.pieces.size(); id++) {
            for (int kind : kinds) {
                if (file.kind(id) == kind) {
                    ids.set(id);
                }
            }
        }
        return ids;
    }

    private Model bpe(TokenTrie userDefined) {
        BitSet excluded = ofKinds(SentencePieceFile.UNKNOWN, SentencePieceFile.CONTROL, SentencePieceFile.BYTE);
        return new ScoredBpeModel(vocabulary, file.scores, new ScoredBpeModel.Options(excluded, ofKinds(SentencePieceFile.UNUSED),
                userDefined, OptionalInt.of(file.unknownId), file.byteFallback));
    }

    private Model unigram() {
        float lowest = Float.POSITIVE_INFINITY;
        float highest = Float.NEGATIVE_INFINITY;
        for (int id = 0; id < file.pieces.size(); id++) {
            if (file.kind(id) == SentencePieceFile.NORMAL) {
                lowest = Math.min(lowest, file.scores[id]);
                highest = Math.max(highest, file.scores[id]);
            }
        }
        double[] scores = new double[file.pieces.size()];
        for (int id = 0; id < scores.length; id++) {
            // A string that the user defined wins over its parts: each byte counts as the most likely piece.
            scores[id] = file.kind(id) == SentencePieceFile.USER_DEFINED
                    ? file.pieces.get(id).getBytes(java.nio.charset.StandardCharsets.UTF_8).length * highest - UNIGRAM_BONUS
                    : file.scores[id];
        }
        BitSet excluded = ofKinds(SentencePieceFile.UNKNOWN, SentencePieceFile.CONTROL, SentencePieceFile.BYTE, SentencePieceFile.UNUSED);
        return new UnigramModel(vocabulary, scores, excluded, lowest, OptionalInt.of(file.unknownId), file.byteFallback, true);
    }

    private Map<SpecialRole, String> roles() {
        Map<SpecialRole, String> roles = new EnumMap<>(SpecialRole.class);
        SpecialRole[] named = {SpecialRole.BEGIN, SpecialRole.END, SpecialRole.PAD};
        for (int i = 0; i < named.length; i++) {
            int id = file.roles[i];
            if (id >= 0 && id < file.pieces.size() && file.kind(id) == SentencePieceFile.CONTROL) {
                roles.put(named[i], file.pieces.get(id));
            }
        }
        roles.put(SpecialRole.UNKNOWN, file.pieces.get(file.unknownId));
        roles.putAll(config.roles());
        return roles;
    }

    /**
     * The configuration's tokens are recognised in texts, as transformers does; control pieces of a lone .model file are not, as
     * SentencePiece does.
     */
    private List<AddedToken> added(Map<SpecialRole, String> roles) {
        Map<String, AddedToken> added = new LinkedHashMap<>();
        config.added().forEach(token -> added.put(token.content(), token));
        config.roles().values().forEach(content -> added.putIfAbsent(content, AddedToken.marker(content)));
        for (int id = 0; id < file.pieces.size(); id++) {
            if (file.kind(id) == SentencePieceFile.CONTROL) {
                added.putIfAbsent(file.pieces.get(id), AddedToken.marker(file.pieces.get(id)).unsearched());
            }
        }
        return List.copyOf(added.values());
    }

    private PostProcessor around(Map<SpecialRole, String> roles) {
        List<Part> single = new ArrayList<>();
        add(single, config.addsBegin(), roles.get(SpecialRole.BEGIN));
        single.add(new Text(0, 0));
        List<Part> pair = new ArrayList<>(single);
        add(single, config.addsEnd(), roles.get(SpecialRole.END));
        add(pair, config.addsEnd(), roles.get(SpecialRole.END));
        pair.add(new Text(1, 0));
        add(pair, config.addsEnd(), roles.get(SpecialRole.END));
        return new TemplateProcessing(single, pair);
    }

    private void add(List<Part> parts, boolean wanted, String token) {
        int id = wanted && token != null ? vocabulary.id(token) : -1;
        if (id >= 0) {
            parts.add(new Markers(List.of(Entry.marker(id, token, 0))));
        }
    }
}
