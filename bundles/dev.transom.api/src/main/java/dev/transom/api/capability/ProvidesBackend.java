package dev.transom.api.capability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Announces that the bundle brings a backend: capability {@code dev.transom.backend}. Put it on the class that
 * registers the service, for example {@code @ProvidesBackend(name = "cpu")}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Capability(namespace = ProvidesBackend.NAMESPACE)
public @interface ProvidesBackend {

  /** The namespace as it stands in the manifest. */
  String NAMESPACE = "dev.transom.backend";

  /** Names the backend's name. */
  @Attribute("name")
  String name();
}
