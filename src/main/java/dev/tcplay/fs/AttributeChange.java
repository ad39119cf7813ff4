package dev.tcplay.fs;

import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of the attributes of a node; null leaves an attribute as it is. Immutable.
 *
 * @param created the new creation time
 * @param modified the new time of the last change to the contents
 * @param accessed the new time of the last access
 * @param readOnly the new DOS attribute of this name
 * @param hidden the new DOS attribute of this name
 * @param system the new DOS attribute of this name
 * @param archive the new DOS attribute of this name
 */
@SuppressWarnings("exports") // who reads the annotation brings its module
public record AttributeChange(
    @Nullable FileTime created,
    @Nullable FileTime modified,
    @Nullable FileTime accessed,
    @Nullable Boolean readOnly,
    @Nullable Boolean hidden,
    @Nullable Boolean system,
    @Nullable Boolean archive) {

  /** Returns a change of times alone. */
  public static AttributeChange times(
      @Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created) {
    return new AttributeChange(created, modified, accessed, null, null, null, null);
  }

  /** Returns a change of the attribute read-only alone. */
  public static AttributeChange readOnly(boolean value) {
    return new AttributeChange(null, null, null, value, null, null, null);
  }

  /** Returns a change of the attribute hidden alone. */
  public static AttributeChange hidden(boolean value) {
    return new AttributeChange(null, null, null, null, value, null, null);
  }

  /** Returns a change of the attribute system alone. */
  public static AttributeChange system(boolean value) {
    return new AttributeChange(null, null, null, null, null, value, null);
  }

  /** Returns a change of the attribute archive alone. */
  public static AttributeChange archive(boolean value) {
    return new AttributeChange(null, null, null, null, null, null, value);
  }
}
