package dev.transom.api.capability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Announces that the bundle brings tools that an agent may call: capability {@code dev.transom.tool}. Put it on the class that
 * registers the service, for example {@code @ProvidesTool(name = "calculator")}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Capability(namespace = ProvidesTool.NAMESPACE)
public @interface ProvidesTool {

  /** The namespace as it stands in the manifest. */
  String NAMESPACE = "dev.transom.tool";

  /** Names the tools' names. */
  @Attribute("name")
  String[] name();
}
