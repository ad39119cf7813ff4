package dev.tcplay.nio;

import dev.tcplay.fs.AttributeChange;
import java.io.IOException;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sets attributes, also by their names: the times, the DOS attributes, the volume's label. */
final class AttributeWriter {

  private static final AttributeChange NOTHING = AttributeChange.times(null, null, null);

  private AttributeWriter() {}

  /**
   * Reads the attributes that a new file is to have: {@code dos:readonly}, {@code dos:hidden},
   * {@code dos:system} and {@code dos:archive}.
   *
   * @throws UnsupportedOperationException if another one is among them
   * @throws ClassCastException if a value is not a {@link Boolean}
   */
  static Optional<AttributeChange> initial(FileAttribute<?>... attributes) {
    Map<String, Boolean> values = new HashMap<>();
    for (FileAttribute<?> attribute : attributes) {
      switch (attribute.name()) {
        case "dos:readonly", "dos:hidden", "dos:system", "dos:archive" ->
            values.put(attribute.name(), flag(attribute.value()));
        default ->
            throw new UnsupportedOperationException(
                "no file can be made with the attribute " + attribute.name());
      }
    }
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new AttributeChange(
                null,
                null,
                null,
                values.get("dos:readonly"),
                values.get("dos:hidden"),
                values.get("dos:system"),
                values.get("dos:archive")));
  }

  /**
   * Sets an attribute, as {@code Files.setAttribute} takes it.
   *
   * @param viewAndName its name, behind the name of its view unless that is {@code basic}
   * @throws UnsupportedOperationException if the view is unknown
   * @throws IllegalArgumentException if there is no such attribute, or it cannot be set
   * @throws ClassCastException if the value is of another type
   */
  static void set(TcplayPath path, String viewAndName, Object value) throws IOException {
    int colon = viewAndName.indexOf(':');
    String view = colon < 0 ? "basic" : viewAndName.substring(0, colon);
    String name = viewAndName.substring(colon + 1);
    switch (view) {
      case "basic" -> apply(path, time(view, name, value));
      case "dos" -> apply(path, dos(view, name, value));
      case "tcplay" -> {
        if (!name.equals("label")) {
          throw unknown(view, name);
        }
        setLabel(path, (String) Objects.requireNonNull(value, "label"));
      }
      default -> throw new UnsupportedOperationException("no view " + view);
    }
  }

  private static AttributeChange dos(String view, String name, @Nullable Object value) {
    return switch (name) {
      case "readonly" -> AttributeChange.readOnly(flag(value));
      case "hidden" -> AttributeChange.hidden(flag(value));
      case "system" -> AttributeChange.system(flag(value));
      case "archive" -> AttributeChange.archive(flag(value));
      default -> time(view, name, value);
    };
  }

  private static AttributeChange time(String view, String name, @Nullable Object value) {
    return switch (name) {
      case "lastModifiedTime" -> AttributeChange.times((FileTime) value, null, null);
      case "lastAccessTime" -> AttributeChange.times(null, (FileTime) value, null);
      case "creationTime" -> AttributeChange.times(null, null, (FileTime) value);
      default -> throw unknown(view, name);
    };
  }

  private static boolean flag(@Nullable Object value) {
    return (Boolean) Objects.requireNonNull(value, "value");
  }

  private static IllegalArgumentException unknown(String view, String name) {
    return new IllegalArgumentException("no attribute \"" + view + ":" + name + "\" can be set");
  }

  /**
   * Changes attributes of what a path leads to. A change of nothing looks at nothing, as on the
   * default file system.
   */
  static void apply(TcplayPath path, AttributeChange change) throws IOException {
    path.getFileSystem()
        .access()
        .change(
            path,
            null,
            volume -> {
              if (!change.equals(NOTHING)) {
                volume.change(NodeFinder.find(volume, path), change);
              }
            });
  }

  private static void setLabel(TcplayPath path, String label) throws IOException {
    Optional<String> wanted = label.isEmpty() ? Optional.empty() : Optional.of(label);
    path.getFileSystem()
        .access()
        .change(
            path,
            null,
            volume -> {
              NodeFinder.find(volume, path);
              volume.setLabel(wanted);
            });
  }
}
