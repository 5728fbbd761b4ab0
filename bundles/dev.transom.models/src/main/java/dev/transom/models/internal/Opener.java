package dev.transom.models.internal;

import dev.transom.api.MissingCapabilityException;
import dev.transom.api.TransomException;
import dev.transom.api.architecture.Architecture;
import dev.transom.api.config.Config;
import dev.transom.api.format.FolderResources;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.format.ModelFormat;
import dev.transom.api.format.Resources;
import dev.transom.api.model.Model;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.platform.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Opens models. Architectures are leased one open at a time, newest bundle version first, so that an update is used by the next open
 * while earlier ones finish on the version they began with.
 */
@Component(service = Models.class)
public final class Opener implements Models {

    private static final String BUNDLE = "bundle:";
    /** The framework's property that names the models directory. */
    private static final String DIRECTORY = "transom.models";

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ModelFormat> formats = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Model> models = List.of();

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
        policyOption = ReferencePolicyOption.GREEDY)
    private volatile Platform platform;

    private final BundleContext context;
    private final Leases leases;

    @Activate
    public Opener(BundleContext context) {
        this.context = context;
        this.leases = new Leases(context);
    }

    @Override
    public List<Model> bundled() {
        return List.copyOf(models);
    }

    @Override
    public Path directory() {
        String chosen = Optional.ofNullable(context.getProperty(DIRECTORY)).orElse(System.getenv("TRANSOM_MODELS"));
        return (chosen == null || chosen.isBlank() ? Path.of(System.getProperty("user.home"), ".transom", "models") : Path.of(chosen))
            .toAbsolutePath().normalize();
    }

    @Override
    public List<String> references() {
        return Stream.concat(models.stream().map(model -> BUNDLE + model.name()).sorted(), modelsDirectory().names().stream()).toList();
    }

    private ModelsDirectory modelsDirectory() {
        return new ModelsDirectory(directory(), List.copyOf(formats));
    }

    @Override
    public OpenModel open(String reference, Path directory) {
        ModelFiles files = files(resources(reference, directory));
        try {
            Config config = files.config();
            String type = config.text("model_type").orElseThrow(() -> config.missing("model_type"));
            Lease<Architecture> lease = architecture(files.where(), type);
            try {
                return new LeasedModel(reference, files, lease, lease.service().define(config));
            } catch (RuntimeException refused) {
                lease.close();
                throw refused;
            }
        } catch (RuntimeException failed) {
            files.close();
            throw failed;
        }
    }

    private Resources resources(String reference, Path directory) {
        if (reference.startsWith(BUNDLE)) {
            String name = reference.substring(BUNDLE.length());
            return models.stream().filter(model -> model.name().equals(name)).findFirst().map(Model::resources)
                .orElseThrow(() -> missing(reference + ": a bundle that carries this model must be running",
                    "dev.transom.model", "name", name));
        }
        Path path = directory.resolve(reference).normalize();
        if (!Files.exists(path)) {
            path = modelsDirectory().find(reference).orElseThrow(() -> new TransomException(directory.resolve(reference).normalize()
                + ": a model's folder or file, bundle:NAME or a name under " + directory() + " is required; there is nothing at this"
                + " path. Check the path, or see what there is with: transom models."));
        }
        return Files.isRegularFile(path) ? FolderResources.around(path) : new FolderResources(path);
    }

    private ModelFiles files(Resources resources) {
        Optional<ModelFormat> format = formats.stream().filter(candidate -> candidate.recognises(resources)).findFirst();
        if (format.isPresent()) {
            return format.get().open(resources);
        }
        resources.close();
        throw new TransomException(resources.where() + ": a model of a known format "
            + formats.stream().map(ModelFormat::name).sorted().toList()
            + " is required; " + resources.chosen().map(name -> "the file " + name + " is not one.")
                .orElse("no config.json or other known file is there.") + " Give the model's file, or the folder that holds its files.");
    }

    private Lease<Architecture> architecture(String where, String type) {
        Optional<Lease<Architecture>> found = architectures().stream()
            .sorted(Comparator.comparing(Opener::version).reversed())
            .map(leases::take)
            .filter(lease -> lease != null)
            .filter(lease -> reads(lease, type))
            .findFirst();
        return found.orElseThrow(() -> missing(where + ": an architecture for model_type " + type + " is required",
            "dev.transom.architecture", "model_type", type));
    }

    private static boolean reads(Lease<Architecture> lease, String type) {
        boolean reads = lease.service().modelTypes().contains(type);
        if (!reads) {
            lease.close();
        }
        return reads;
    }

    private List<ServiceReference<Architecture>> architectures() {
        try {
            return List.copyOf(context.getServiceReferences(Architecture.class, null));
        } catch (InvalidSyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Version version(ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        return bundle == null ? Version.emptyVersion : bundle.getVersion();
    }

    private TransomException missing(String rule, String namespace, String attribute, String value) {
        Platform present = platform;
        return new MissingCapabilityException(rule + " (capability " + namespace + "; " + attribute + "=" + value + "). "
            + (present == null ? "Install a bundle that has it." : present.whyMissing(namespace, attribute, value)),
            namespace, attribute, value);
    }
}
