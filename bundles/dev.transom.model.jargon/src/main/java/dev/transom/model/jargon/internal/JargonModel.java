package dev.transom.model.jargon.internal;

import dev.transom.api.capability.ProvidesModel;
import dev.transom.api.format.Resources;
import dev.transom.api.model.Model;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The model that comes with Transom, {@code bundle:jargon}. */
@Component
@ProvidesModel(name = "jargon")
public final class JargonModel implements Model {

    private final BundleContext context;

    @Activate
    public JargonModel(BundleContext context) {
        this.context = context;
    }

    @Override
    public String name() {
        return "jargon";
    }

    @Override
    public String description() {
        return "GPT-2 of 2.3 million parameters, trained on the Jargon File (public domain)";
    }

    @Override
    public Resources resources() {
        return new BundleResources("bundle:jargon", context.getBundle(), "/model/");
    }
}
