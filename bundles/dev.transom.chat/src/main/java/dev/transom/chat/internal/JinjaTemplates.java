package dev.transom.chat.internal;

import dev.transom.api.chat.ChatTemplate;
import dev.transom.api.chat.ChatTemplates;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tokenizer.SpecialRole;
import dev.transom.api.tokenizer.Tokenizer;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Chat templates in Jinja, the language of all models' templates. */
@Component(service = ChatTemplates.class)
public final class JinjaTemplates implements ChatTemplates {

    @Override
    public Optional<ChatTemplate> of(OpenModel model) {
        return model.files().chatTemplate().map(source ->
            parse(model.files().where() + ": chat template", source, tokens(model)));
    }

    /** Every role that the tokenizer knows, under the key of tokenizer_config.json. */
    private static Map<String, Object> tokens(OpenModel model) {
        Map<String, Object> tokens = new LinkedHashMap<>();
        Optional<Tokenizer> tokenizer = model.files().tokenizer();
        for (SpecialRole role : SpecialRole.values()) {
            tokenizer.ifPresent(t -> t.special(role).ifPresent(id -> tokens.put(role.key(), t.token(id))));
        }
        return tokens;
    }

    @Override
    public ChatTemplate parse(String where, String source, Map<String, Object> variables) {
        return JinjaChatTemplate.of(where, source, variables, Clock.systemDefaultZone());
    }

    @Override
    public Set<Integer> stopIds(OpenModel model) {
        return StopTokens.of(model);
    }
}
