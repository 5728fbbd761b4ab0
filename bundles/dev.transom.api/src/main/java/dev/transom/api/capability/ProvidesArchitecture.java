package dev.transom.api.capability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Announces that the bundle brings a model architecture: capability {@code dev.transom.architecture}. Put it on the class that
 * registers the service, for example {@code @ProvidesArchitecture(model_type = {"bert", "roberta"})}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Capability(namespace = ProvidesArchitecture.NAMESPACE)
public @interface ProvidesArchitecture {

  /** The namespace as it stands in the manifest. */
  String NAMESPACE = "dev.transom.architecture";

  /** Names the {@code model_type} values of config.json that it reads. */
  @Attribute("model_type")
  String[] model_type();
}
