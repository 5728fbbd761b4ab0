/**
 * Models: those carried by bundles ({@link dev.transom.api.model.Model}) and any that a user names ({@link dev.transom.api.model.Models}).
 */
@Export
@Version("1.0.0")
package dev.transom.api.model;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
