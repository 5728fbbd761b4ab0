package dev.transom.api.capability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Announces that the bundle brings a tuning method: capability {@code dev.transom.tuning}. Put it on the class that
 * registers the service, for example {@code @ProvidesTuning(name = "lora")}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Capability(namespace = ProvidesTuning.NAMESPACE)
public @interface ProvidesTuning {

  /** The namespace as it stands in the manifest. */
  String NAMESPACE = "dev.transom.tuning";

  /** Names the method's name. */
  @Attribute("name")
  String name();
}
