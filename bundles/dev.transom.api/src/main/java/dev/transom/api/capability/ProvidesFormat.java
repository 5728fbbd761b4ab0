package dev.transom.api.capability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Announces that the bundle brings readers of model files or vocabularies: capability {@code dev.transom.format}. Put it on the class that
 * registers the service, for example {@code @ProvidesFormat(name = "safetensors")}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Capability(namespace = ProvidesFormat.NAMESPACE)
public @interface ProvidesFormat {

  /** The namespace as it stands in the manifest. */
  String NAMESPACE = "dev.transom.format";

  /** Names the formats' names. */
  @Attribute("name")
  String[] name();
}
