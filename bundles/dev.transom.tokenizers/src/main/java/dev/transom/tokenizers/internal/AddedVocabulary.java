package dev.transom.tokenizers.internal;

import dev.transom.tokenizers.internal.model.TokenTrie;
import dev.transom.tokenizers.internal.model.Vocabulary;
import dev.transom.tokenizers.internal.normalizer.Normalizer;
import dev.transom.tokenizers.internal.text.CharacterClass;
import dev.transom.tokenizers.internal.text.NormalizedText;
import dev.transom.tokenizers.internal.text.PreTokenizedText;
import dev.transom.tokenizers.internal.text.PreTokenizedText.Piece;
import dev.transom.tokenizers.internal.text.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The added tokens: recognised in the text before the model sees it, the longest at the leftmost place. */
final class AddedVocabulary {

    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Integer, AddedToken> tokens = new HashMap<>();
    private final Set<String> specials = new HashSet<>();
    private final Normalizer normalizer;
    private final TokenTrie inText;
    private final TokenTrie inNormalized;

    AddedVocabulary(List<AddedToken> added, Vocabulary model, Normalizer normalizer) {
        this.normalizer = normalizer;
        List<AddedToken> searched = register(added, model).stream().filter(AddedToken::searched).toList();
        inText = new TokenTrie(searched.size());
        inNormalized = new TokenTrie(searched.size());
        // From last to first, so that of equal forms the first remains.
        for (AddedToken token : searched.reversed()) {
            String form = token.content();
            if (token.normalized()) {
                NormalizedText text = NormalizedText.of(form);
                normalizer.normalize(text);
                form = text.text();
            }
            if (!form.isEmpty()) {
                (token.normalized() ? inNormalized : inText).put(form, ids.get(token.content()));
            }
        }
    }

    /** Gives ids, new ones behind the model's; returns the tokens to look for, special ones first. */
    private List<AddedToken> register(List<AddedToken> added, Vocabulary model) {
        List<AddedToken> searched = new ArrayList<>();
        for (AddedToken token : added) {
            if (token.special() && !token.content().isEmpty() && specials.add(token.content())) {
                searched.add(token);
            }
        }
        int next = model.entries();
        Set<AddedToken> known = new HashSet<>();
        for (AddedToken token : added) {
            if (token.content().isEmpty() || !known.add(token)) {
                continue;
            }
            int id = ids.getOrDefault(token.content(), model.id(token.content()));
            if (id < 0) {
                id = next++;
            }
            ids.put(token.content(), id);
            tokens.put(id, token);
            if (!specials.contains(token.content())) {
                searched.add(token);
            }
        }
        return searched;
    }

    /** The added tokens with their ids. */
    Map<String, Integer> ids() {
        return ids;
    }

    /** The added token of an id, or null. */
    AddedToken token(int id) {
        return tokens.get(id);
    }

    boolean isSpecial(String token) {
        return specials.contains(token);
    }

    /** Normalises a text around its added tokens. */
    PreTokenizedText extract(String text) {
        PreTokenizedText pieces = new PreTokenizedText(NormalizedText.of(text));
        pieces.splitPieces(piece -> split(piece, inText));
        pieces.splitPieces(piece -> {
            normalizer.normalize(piece);
            return split(piece, inNormalized);
        });
        return pieces;
    }

    private List<Piece> split(NormalizedText piece, TokenTrie trie) {
        String text = piece.text();
        List<Piece> parts = new ArrayList<>();
        int done = 0;
        for (int at = 0; at < text.length(); ) {
            int[] match = longest(trie, text, at);
            if (match == null) {
                at++;
                continue;
            }
            int start = at;
            int end = match[0];
            at = end;
            AddedToken token = tokens.get(match[1]);
            if (token.singleWord() && touchesWord(text, start, end)) {
                continue;
            }
            if (token.stripsLeft()) {
                start = Math.max(spacesBefore(text, start), done);
            }
            if (token.stripsRight()) {
                end = spacesBehind(text, end);
            }
            if (done < start) {
                parts.add(Piece.of(piece.slice(done, start)));
            }
            if (start < end) {
                NormalizedText found = piece.slice(start, end);
                parts.add(new Piece(found, List.of(new Token(match[1], found.text(), 0, found.text().length()))));
            }
            done = end;
        }
        if (done < text.length()) {
            parts.add(Piece.of(piece.slice(done, text.length())));
        }
        return parts;
    }

    /** End and id of the longest token that starts at a place, or null. */
    private static int[] longest(TokenTrie trie, String text, int start) {
        int[] match = null;
        int node = TokenTrie.ROOT;
        for (int i = start; i < text.length(); i++) {
            node = trie.child(node, text.charAt(i));
            if (node < 0) {
                break;
            }
            if (trie.value(node) >= 0) {
                match = new int[] {i + 1, trie.value(node)};
            }
        }
        return match;
    }

    private static boolean touchesWord(String text, int start, int end) {
        return start > 0 && CharacterClass.isWord(text.codePointBefore(start))
                || end < text.length() && CharacterClass.isWord(text.codePointAt(end));
    }

    private static int spacesBefore(String text, int start) {
        int at = start;
        while (at > 0 && CharacterClass.isWhitespace(text.codePointBefore(at))) {
            at -= Character.charCount(text.codePointBefore(at));
        }
        return at;
    }

    private static int spacesBehind(String text, int end) {
        int at = end;
        while (at < text.length() && CharacterClass.isWhitespace(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }
}
