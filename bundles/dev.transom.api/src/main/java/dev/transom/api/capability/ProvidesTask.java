package dev.transom.api.capability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Announces that the bundle brings a task: capability {@code dev.transom.task}. Put it on the class that
 * registers the service, for example {@code @ProvidesTask(name = "generation")}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Capability(namespace = ProvidesTask.NAMESPACE)
public @interface ProvidesTask {

  /** The namespace as it stands in the manifest. */
  String NAMESPACE = "dev.transom.task";

  /** Names the task's name. */
  @Attribute("name")
  String name();
}
