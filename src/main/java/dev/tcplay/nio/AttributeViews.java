package dev.tcplay.nio;

import dev.tcplay.fs.Feature;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The views of attributes that a volume offers by its features. Immutable. */
final class AttributeViews {

  private final Set<String> names;

  AttributeViews(Set<Feature> features) {
    Set<String> offered = new HashSet<>(Set.of("basic", "tcplay"));
    if (features.contains(Feature.DOS)) {
      offered.add("dos");
    }
    if (features.contains(Feature.POSIX)) {
      offered.addAll(Set.of("owner", "posix"));
    }
    if (features.contains(Feature.STREAMS)) {
      offered.add("user");
    }
    this.names = Set.copyOf(offered);
  }

  Set<String> names() {
    return names;
  }

  boolean offers(String name) {
    return names.contains(name);
  }

  boolean offers(Class<? extends FileAttributeView> type) {
    String name = name(type);
    return name != null && offers(name);
  }

  /**
   * Checks that a view is offered.
   *
   * @throws UnsupportedOperationException if it is not
   */
  void require(String name) {
    if (!offers(name)) {
      throw new UnsupportedOperationException("no view " + name);
    }
  }

  /** Returns a view on a path, null if it is not offered. */
  @Nullable FileAttributeView of(
      TcplayPath path, Class<? extends FileAttributeView> type, boolean follow) {
    String name = name(type);
    if (name == null || !offers(name)) {
      return null;
    }
    return switch (name) {
      case "user" -> new StreamView(path, follow);
      case "owner", "posix" -> new PosixView(path, name, follow);
      default -> new NodeAttributeView(path, name, follow);
    };
  }

  private static @Nullable String name(Class<? extends FileAttributeView> type) {
    if (type == BasicFileAttributeView.class) {
      return "basic";
    } else if (type == DosFileAttributeView.class) {
      return "dos";
    } else if (type == PosixFileAttributeView.class) {
      return "posix";
    } else if (type == FileOwnerAttributeView.class) {
      return "owner";
    }
    return type == UserDefinedFileAttributeView.class ? "user" : null;
  }
}
