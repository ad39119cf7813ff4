package dev.tcplay.nio;

import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.model.Encryption;
import dev.tcplay.model.VolumeAttributes;
import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads attributes by type and by name: the views {@code basic}, {@code dos}, {@code tcplay}. */
final class Attributes {

  private static final Map<String, Function<DosFileAttributes, Object>> BASIC = basic();
  private static final Map<String, Function<DosFileAttributes, Object>> DOS = dos();
  private static final Map<String, Function<VolumeAttributes, Object>> TCPLAY = tcplay();

  private Attributes() {}

  /**
   * Reads the attributes of a file.
   *
   * @throws UnsupportedOperationException if {@code type} is not one of the views' types
   */
  static <A extends BasicFileAttributes> A read(TcplayPath path, Class<A> type) throws IOException {
    checkType(type);
    return path.getFileSystem()
        .access()
        .find(path, volume -> read(path, type, volume, NodeFinder.find(volume, path)));
  }

  /** Reads the attributes of a file, as {@link #read}; empty if there is no such file. */
  static <A extends BasicFileAttributes> Optional<A> readIfExists(TcplayPath path, Class<A> type)
      throws IOException {
    checkType(type);
    return path.getFileSystem()
        .access()
        .find(
            path,
            volume -> {
              Optional<Node> node = NodeFinder.findIfExists(volume, path);
              return node.isPresent()
                  ? Optional.of(read(path, type, volume, node.get()))
                  : Optional.empty();
            });
  }

  private static <A extends BasicFileAttributes> A read(
      TcplayPath path, Class<A> type, MountedVolume volume, Node node) throws IOException {
    return type.cast(
        type == VolumeAttributes.class
            ? new NodeVolumeAttributes(path.getFileSystem(), volume, node)
            : new NodeFileAttributes(volume, node));
  }

  private static void checkType(Class<?> type) {
    boolean known =
        type == BasicFileAttributes.class
            || type == DosFileAttributes.class
            || type == VolumeAttributes.class;
    if (!known) {
      throw new UnsupportedOperationException("no attributes of type " + type.getName());
    }
  }

  /**
   * Reads attributes by their names, as {@code Files.readAttributes} takes them.
   *
   * @throws UnsupportedOperationException if the view is unknown
   * @throws IllegalArgumentException if a name is unknown or empty
   */
  static Map<String, Object> read(TcplayPath path, String viewAndNames) throws IOException {
    int colon = viewAndNames.indexOf(':');
    String view = colon < 0 ? "basic" : viewAndNames.substring(0, colon);
    String names = viewAndNames.substring(colon + 1);
    return switch (view) {
      case "basic" -> select(path, DosFileAttributes.class, BASIC, names);
      case "dos" -> select(path, DosFileAttributes.class, DOS, names);
      case "tcplay" -> select(path, VolumeAttributes.class, TCPLAY, names);
      default -> throw new UnsupportedOperationException("no view " + view);
    };
  }

  private static <A extends BasicFileAttributes> Map<String, Object> select(
      TcplayPath path, Class<A> type, Map<String, Function<A, Object>> known, String names)
      throws IOException {
    Map<String, Function<A, Object>> wanted = new LinkedHashMap<>();
    for (String name : names.split(",", 0)) {
      Function<A, Object> attribute = known.get(name);
      if (name.equals("*")) {
        wanted.putAll(known);
      } else if (attribute != null) {
        wanted.put(name, attribute);
      } else {
        throw new IllegalArgumentException("no attribute \"" + name + "\" in the view");
      }
    }
    A attributes = read(path, type);
    Map<String, Object> values = new LinkedHashMap<>();
    wanted.forEach((name, attribute) -> values.put(name, attribute.apply(attributes)));
    return values;
  }

  private static Map<String, Function<DosFileAttributes, Object>> basic() {
    Map<String, Function<DosFileAttributes, Object>> view = new LinkedHashMap<>();
    view.put("lastModifiedTime", BasicFileAttributes::lastModifiedTime);
    view.put("lastAccessTime", BasicFileAttributes::lastAccessTime);
    view.put("creationTime", BasicFileAttributes::creationTime);
    view.put("size", BasicFileAttributes::size);
    view.put("isRegularFile", BasicFileAttributes::isRegularFile);
    view.put("isDirectory", BasicFileAttributes::isDirectory);
    view.put("isSymbolicLink", BasicFileAttributes::isSymbolicLink);
    view.put("isOther", BasicFileAttributes::isOther);
    view.put("fileKey", BasicFileAttributes::fileKey);
    return view;
  }

  private static Map<String, Function<DosFileAttributes, Object>> dos() {
    Map<String, Function<DosFileAttributes, Object>> view = basic();
    view.put("readonly", DosFileAttributes::isReadOnly);
    view.put("hidden", DosFileAttributes::isHidden);
    view.put("archive", DosFileAttributes::isArchive);
    view.put("system", DosFileAttributes::isSystem);
    return view;
  }

  private static Object encryption(
      VolumeAttributes facts, Function<Encryption, Object> fact, Object none) {
    return facts.volume().encryption().map(fact).orElse(none);
  }

  private static Map<String, Function<VolumeAttributes, Object>> tcplay() {
    Map<String, Function<VolumeAttributes, Object>> view = new LinkedHashMap<>();
    view.put("format", facts -> facts.volume().format());
    view.put("prf", facts -> encryption(facts, Encryption::prf, "-"));
    view.put("iterations", facts -> encryption(facts, Encryption::iterations, 0));
    view.put("memoryKiB", facts -> encryption(facts, Encryption::memoryKiB, 0));
    view.put("cipher", facts -> encryption(facts, Encryption::cipher, "-"));
    view.put("mode", facts -> encryption(facts, Encryption::mode, "-"));
    view.put("kind", facts -> facts.volume().kind());
    view.put("dataOffset", facts -> facts.volume().dataOffset());
    view.put("dataLength", facts -> facts.volume().dataLength());
    view.put("firstUnit", facts -> facts.volume().firstUnit());
    view.put("sectorSize", facts -> facts.volume().sectorSize());
    view.put("filesystem", VolumeAttributes::fileSystem);
    view.put("label", facts -> facts.label().orElse("-"));
    view.put("serial", facts -> facts.serial().orElse("-"));
    view.put("warnings", VolumeAttributes::warnings);
    return view;
  }
}
