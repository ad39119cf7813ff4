package dev.tcplay.nio;

import java.nio.file.attribute.GroupPrincipal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A user or group as a volume knows it: by the number, whatever it is called. Immutable. */
final class Principal implements GroupPrincipal {

  private final boolean group;
  private final long id;
  private final String name;

  private Principal(boolean group, long id, Optional<String> name) {
    this.group = group;
    this.id = id;
    this.name = name.orElse(Long.toString(id));
  }

  static Principal user(long id, Optional<String> name) {
    return new Principal(false, id, name);
  }

  static Principal group(long id, Optional<String> name) {
    return new Principal(true, id, name);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Principal principal && principal.group == group && principal.id == id;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(id);
  }

  @Override
  public String toString() {
    return name;
  }
}
