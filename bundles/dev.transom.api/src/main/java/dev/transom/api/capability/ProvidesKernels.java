package dev.transom.api.capability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Announces that the bundle brings kernels for the CPU executor: capability {@code dev.transom.kernels}. Put it on the class that
 * registers the service, for example {@code @ProvidesKernels(name = "vector")}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Capability(namespace = ProvidesKernels.NAMESPACE)
public @interface ProvidesKernels {

  /** The namespace as it stands in the manifest. */
  String NAMESPACE = "dev.transom.kernels";

  /** Names the provider's name. */
  @Attribute("name")
  String name();
}
