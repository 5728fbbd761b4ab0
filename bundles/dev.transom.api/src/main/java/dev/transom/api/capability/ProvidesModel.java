package dev.transom.api.capability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Announces that the bundle brings a model carried by the bundle: capability {@code dev.transom.model}. Put it on the class that
 * registers the service, for example {@code @ProvidesModel(name = "jargon")}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Capability(namespace = ProvidesModel.NAMESPACE)
public @interface ProvidesModel {

  /** The namespace as it stands in the manifest. */
  String NAMESPACE = "dev.transom.model";

  /** Names the model's name. */
  @Attribute("name")
  String name();
}
