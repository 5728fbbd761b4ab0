package dev.transom.api.capability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Announces that the bundle brings conformance kits: capability {@code dev.transom.kit}. Put it on the class that
 * registers the service, for example {@code @ProvidesKit(name = "tokenizer")}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
@Capability(namespace = ProvidesKit.NAMESPACE)
public @interface ProvidesKit {

  /** The namespace as it stands in the manifest. */
  String NAMESPACE = "dev.transom.kit";

  /** Names the kinds of case ({@code kind} of case.json) that they judge. */
  @Attribute("name")
  String[] name();
}
