package dev.transom.api.capability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Announces that the bundle brings commands of the launcher: capability {@code dev.transom.application}. Put it on the class that
 * registers the service, for example {@code @ProvidesApplication(name = "embed")}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Capability(namespace = ProvidesApplication.NAMESPACE)
public @interface ProvidesApplication {

  /** The namespace as it stands in the manifest. */
  String NAMESPACE = "dev.transom.application";

  /** Names the commands' names. */
  @Attribute("name")
  String[] name();

  /**
   * Tells whether a process that runs one of these commands alone may leave out the bundles of all other commands, and what announces
   * nothing, to start sooner. Not for a command that lists bundles, calls other commands or tries kits.
   */
  @Attribute("alone")
  boolean alone() default false;
}
