package dev.tcplay.nio;

import dev.tcplay.fs.AttributeChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets attributes, also by names: times, DOS attributes, permissions, streams, the label. */
final class AttributeWriter {

  private static final Set<String> FLAGS = Set.of("readonly", "hidden", "system", "archive");
  private static final Set<String> OWNERSHIP = Set.of("owner", "group");

  private AttributeWriter() {}

  /**
   * Reads the attributes that a new file is to have: {@code dos:readonly}, {@code dos:hidden},
   * {@code dos:system}, {@code dos:archive} and {@code posix:permissions}, where the volume has
   * them.
   *
   * @throws UnsupportedOperationException if another one is among them
   * @throws ClassCastException if a value is of another type
   */
  static AttributeChange initial(TcplayPath path, FileAttribute<?>... attributes) {
    AttributeChange initial = AttributeChange.NONE;
    for (FileAttribute<?> attribute : attributes) {
      String name = attribute.name();
      String flag = name.startsWith("dos:") ? name.substring(4) : "";
      AttributeViews views = path.getFileSystem().views();
      if (FLAGS.contains(flag) && views.offers("dos")) {
        initial = withFlag(initial, flag, attribute.value());
      } else if (name.equals("posix:permissions") && views.offers("posix")) {
        initial = withPermissions(initial, attribute.value());
      } else {
        throw new UnsupportedOperationException("no file can be made with the attribute " + name);
      }
    }
    return initial;
  }

  private static AttributeChange withFlag(
      AttributeChange change, String name, @Nullable Object value) {
    boolean flag = (Boolean) Objects.requireNonNull(value, "value");
    return switch (name) {
      case "readonly" -> change.withReadOnly(flag);
      case "hidden" -> change.withHidden(flag);
      case "system" -> change.withSystem(flag);
      default -> change.withArchive(flag);
    };
  }

  private static AttributeChange withPermissions(AttributeChange change, @Nullable Object value) {
    Set<PosixFilePermission> permissions = new HashSet<>();
    for (Object permission : (Set<?>) Objects.requireNonNull(value, "value")) {
      permissions.add((PosixFilePermission) Objects.requireNonNull(permission, "permission"));
    }
    return change.withMode(NodePosixAttributes.mode(permissions));
  }

  /**
   * Sets an attribute, as {@code Files.setAttribute} takes it.
   *
   * @param viewAndName its name, behind the name of its view unless that is {@code basic}
   * @throws UnsupportedOperationException if the view is unknown
   * @throws IllegalArgumentException if there is no such attribute, or it cannot be set
   * @throws ClassCastException if the value is of another type
   */
  static void set(TcplayPath path, String viewAndName, Object value, boolean follow)
      throws IOException {
    int colon = viewAndName.indexOf(':');
    String view = colon < 0 ? "basic" : viewAndName.substring(0, colon);
    String name = viewAndName.substring(colon + 1);
    path.getFileSystem().views().require(view);
    switch (view) {
      case "dos" ->
          apply(
              path,
              FLAGS.contains(name)
                  ? withFlag(AttributeChange.NONE, name, value)
                  : time(view, name, value),
              follow);
      case "user" -> setStream(new StreamView(path, follow), name, value);
      case "tcplay" -> {
        if (!name.equals("label")) {
          throw unknown(view, name);
        }
        setLabel(path, (String) Objects.requireNonNull(value, "label"));
      }
      default -> {
        if (!view.equals("basic") && OWNERSHIP.contains(name)) {
          throw PosixView.refusal();
        } else if (view.equals("owner")) {
          throw unknown(view, name);
        }
        boolean isMode = view.equals("posix") && name.equals("permissions");
        AttributeChange change =
            isMode ? withPermissions(AttributeChange.NONE, value) : time(view, name, value);
        apply(path, change, follow);
      }
    }
  }

  private static void setStream(StreamView view, String name, Object value) throws IOException {
    view.write(name, value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : (ByteBuffer) value);
  }

  private static AttributeChange time(String view, String name, @Nullable Object value) {
    return switch (name) {
      case "lastModifiedTime" -> AttributeChange.NONE.withTimes((FileTime) value, null, null);
      case "lastAccessTime" -> AttributeChange.NONE.withTimes(null, (FileTime) value, null);
      case "creationTime" -> AttributeChange.NONE.withTimes(null, null, (FileTime) value);
      default -> throw unknown(view, name);
    };
  }

  private static IllegalArgumentException unknown(String view, String name) {
    return new IllegalArgumentException("no attribute \"" + view + ":" + name + "\" can be set");
  }

  /**
   * Changes attributes of what a path leads to. A change of nothing looks at nothing, as on the
   * default file system.
   */
  static void apply(TcplayPath path, AttributeChange change, boolean follow) throws IOException {
    path.getFileSystem()
        .access()
        .change(
            path,
            null,
            volume -> {
              if (!change.isEmpty()) {
                volume.change(NodeFinder.find(volume, path, follow), change);
              }
            });
  }

  private static void setLabel(TcplayPath path, String label) throws IOException {
    Optional<String> wanted = label.isEmpty() ? Optional.empty() : Optional.of(label);
    VolumeAccess access = path.getFileSystem().access();
    try {
      access.change(
          path,
          null,
          volume -> {
            NodeFinder.find(volume, path, true);
            volume.setLabel(wanted);
          });
    } catch (FileSystemException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        // No mistake of the driver: the label does not suit.
        throw refusal;
      }
      throw e;
    }
  }
}
