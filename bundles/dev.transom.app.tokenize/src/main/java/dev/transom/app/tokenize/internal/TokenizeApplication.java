package dev.transom.app.tokenize.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.capability.ProvidesApplication;
import dev.transom.api.model.Models;
import dev.transom.api.tokenizer.TokenizerFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The command {@code tokenize}. */
@Component(service = Application.class)
@ProvidesApplication(name = "tokenize")
public final class TokenizeApplication implements Application {

    @Reference
    private Models models;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<TokenizerFormat> formats = List.of();

    @Override
    public String name() {
        return "tokenize";
    }

    @Override
    public String description() {
        return "Shows the tokens of a text, or the text of token ids.";
    }

    @Override
    public Callable<Integer> command(Session session) {
        return new TokenizeCommand(session, models, formats);
    }
}
