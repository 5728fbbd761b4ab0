package dev.transom.api.capability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Announces that the bundle brings operations of the graph language: capability {@code dev.transom.operation}. Put it on the class that
 * registers the service, for example {@code @ProvidesOperation(name = "squared_relu")}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Capability(namespace = ProvidesOperation.NAMESPACE)
public @interface ProvidesOperation {

  /** The namespace as it stands in the manifest. */
  String NAMESPACE = "dev.transom.operation";

  /** Names the operations' names. */
  @Attribute("name")
  String[] name();
}
