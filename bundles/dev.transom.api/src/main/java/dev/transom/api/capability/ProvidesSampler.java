package dev.transom.api.capability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Announces that the bundle brings sampling steps: capability {@code dev.transom.sampler}. Put it on the class that
 * registers the service, for example {@code @ProvidesSampler(name = {"top_k", "top_p"})}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Capability(namespace = ProvidesSampler.NAMESPACE)
public @interface ProvidesSampler {

  /** The namespace as it stands in the manifest. */
  String NAMESPACE = "dev.transom.sampler";

  /** Names the samplers' names. */
  @Attribute("name")
  String[] name();
}
