package dev.tcplay.nio;

import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.model.Encryption;
import dev.tcplay.model.PartitionInfo;
import dev.tcplay.model.ProtectedRange;
import dev.tcplay.model.VolumeAttributes;
import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads attributes by type and by name, of the views that a volume offers. */
final class Attributes {

  private static final Map<String, Function<BasicFileAttributes, Object>> BASIC =
      new LinkedHashMap<>();
  private static final Map<String, Function<? super NodeFileAttributes, Object>> DOS =
      new LinkedHashMap<>();
  private static final Map<String, Function<VolumeAttributes, Object>> TCPLAY =
      new LinkedHashMap<>();
  private static final Map<String, Function<? super PosixFileAttributes, Object>> POSIX =
      new LinkedHashMap<>();
  private static final Map<String, Function<PosixFileAttributes, Object>> OWNER =
      Map.of("owner", PosixFileAttributes::owner);

  static {
    basic(BASIC);
    DOS.putAll(BASIC);
    dos(DOS);
    POSIX.putAll(BASIC);
    POSIX.put("permissions", PosixFileAttributes::permissions);
    POSIX.put("owner", PosixFileAttributes::owner);
    POSIX.put("group", PosixFileAttributes::group);
    tcplay(TCPLAY);
  }

  private Attributes() {}

  /**
   * Reads the attributes of a file.
   *
   * @param follow whether those of what a link leads to are read
   * @throws UnsupportedOperationException if {@code type} is not that of a view that is offered
   */
  static <A extends BasicFileAttributes> A read(TcplayPath path, Class<A> type, boolean follow)
      throws IOException {
    checkType(path, type);
    return path.getFileSystem()
        .access()
        .find(path, volume -> read(path, type, volume, NodeFinder.find(volume, path, follow)));
  }

  /** Reads the attributes of a file, as {@link #read}; empty if there is no such file. */
  static <A extends BasicFileAttributes> Optional<A> readIfExists(
      TcplayPath path, Class<A> type, boolean follow) throws IOException {
    checkType(path, type);
    return path.getFileSystem()
        .access()
        .find(
            path,
            volume -> {
              Optional<Node> node = NodeFinder.findIfExists(volume, path, follow);
              return node.isPresent()
                  ? Optional.of(read(path, type, volume, node.get()))
                  : Optional.empty();
            });
  }

  private static <A extends BasicFileAttributes> A read(
      TcplayPath path, Class<A> type, MountedVolume volume, Node node) throws IOException {
    if (type == VolumeAttributes.class) {
      return type.cast(new NodeVolumeAttributes(path.getFileSystem(), volume, node));
    }
    return type.cast(
        type == PosixFileAttributes.class
            ? new NodePosixAttributes(volume, node)
            : new NodeFileAttributes(volume, node));
  }

  private static void checkType(TcplayPath path, Class<?> type) {
    AttributeViews views = path.getFileSystem().views();
    boolean known =
        type == BasicFileAttributes.class
            || type == NodeFileAttributes.class
            || type == VolumeAttributes.class
            || (type == DosFileAttributes.class && views.offers("dos"))
            || (type == PosixFileAttributes.class && views.offers("posix"));
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
  static Map<String, Object> read(TcplayPath path, String viewAndNames, boolean follow)
      throws IOException {
    int colon = viewAndNames.indexOf(':');
    String view = colon < 0 ? "basic" : viewAndNames.substring(0, colon);
    String names = viewAndNames.substring(colon + 1);
    path.getFileSystem().views().require(view);
    return switch (view) {
      case "basic" -> select(path, NodeFileAttributes.class, follow, BASIC, names);
      case "dos" -> select(path, NodeFileAttributes.class, follow, DOS, names);
      case "posix" -> select(path, PosixFileAttributes.class, follow, POSIX, names);
      case "owner" -> select(path, PosixFileAttributes.class, follow, OWNER, names);
      case "user" -> streams(new StreamView(path, follow), names);
      default -> select(path, VolumeAttributes.class, follow, TCPLAY, names);
    };
  }

  private static Map<String, Object> streams(StreamView view, String names) throws IOException {
    List<String> wanted = List.of(names.split(",", 0));
    if (wanted.contains("")) {
      throw new IllegalArgumentException("an empty name among \"" + names + '"');
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (String name : wanted.contains("*") ? view.list() : wanted) {
      values.put(name, view.value(name));
    }
    return values;
  }

  private static <A extends BasicFileAttributes> Map<String, Object> select(
      TcplayPath path,
      Class<A> type,
      boolean follow,
      Map<String, ? extends Function<? super A, Object>> known,
      String names)
      throws IOException {
    Map<String, Function<? super A, Object>> wanted = new LinkedHashMap<>();
    for (String name : names.split(",", 0)) {
      Function<? super A, Object> attribute = known.get(name);
      if (name.equals("*")) {
        wanted.putAll(known);
      } else if (attribute != null) {
        wanted.put(name, attribute);
      } else {
        throw new IllegalArgumentException("no attribute \"" + name + "\" in the view");
      }
    }
    A attributes = read(path, type, follow);
    Map<String, Object> values = new LinkedHashMap<>();
    wanted.forEach((name, attribute) -> values.put(name, attribute.apply(attributes)));
    return values;
  }

  private static void basic(Map<String, Function<BasicFileAttributes, Object>> view) {
    view.put("lastModifiedTime", BasicFileAttributes::lastModifiedTime);
    view.put("lastAccessTime", BasicFileAttributes::lastAccessTime);
    view.put("creationTime", BasicFileAttributes::creationTime);
    view.put("size", BasicFileAttributes::size);
    view.put("isRegularFile", BasicFileAttributes::isRegularFile);
    view.put("isDirectory", BasicFileAttributes::isDirectory);
    view.put("isSymbolicLink", BasicFileAttributes::isSymbolicLink);
    view.put("isOther", BasicFileAttributes::isOther);
    view.put("fileKey", BasicFileAttributes::fileKey);
  }

  private static void dos(Map<String, Function<? super NodeFileAttributes, Object>> view) {
    view.put("readonly", DosFileAttributes::isReadOnly);
    view.put("hidden", DosFileAttributes::isHidden);
    view.put("archive", DosFileAttributes::isArchive);
    view.put("system", DosFileAttributes::isSystem);
  }

  private static Object encryption(
      VolumeAttributes facts, Function<Encryption, Object> fact, Object none) {
    return facts.volume().encryption().map(fact).orElse(none);
  }

  private static Object hidden(VolumeAttributes facts, Function<ProtectedRange, Object> fact) {
    return facts.volume().protectedRange().map(fact).orElse(0L);
  }

  private static void tcplay(Map<String, Function<VolumeAttributes, Object>> view) {
    view.put("format", facts -> facts.volume().format());
    view.put("prf", facts -> encryption(facts, Encryption::prf, "-"));
    view.put("iterations", facts -> encryption(facts, Encryption::iterations, 0));
    view.put("memoryKiB", facts -> encryption(facts, Encryption::memoryKiB, 0));
    view.put("cipher", facts -> encryption(facts, Encryption::cipher, "-"));
    view.put("mode", facts -> encryption(facts, Encryption::mode, "-"));
    view.put("tweak", facts -> encryption(facts, Encryption::tweak, "-"));
    view.put("kind", facts -> facts.volume().kind());
    view.put("dataOffset", facts -> facts.volume().dataOffset());
    view.put("dataLength", facts -> facts.volume().dataLength());
    view.put("firstUnit", facts -> facts.volume().firstUnit());
    view.put("sectorSize", facts -> facts.volume().sectorSize());
    view.put("protectedStart", facts -> hidden(facts, ProtectedRange::start));
    view.put("protectedLength", facts -> hidden(facts, ProtectedRange::length));
    view.put("partition", facts -> facts.volume().partition().map(PartitionInfo::number).orElse(0));
    view.put("filesystem", VolumeAttributes::fileSystem);
    view.put("label", facts -> facts.label().orElse("-"));
    view.put("serial", facts -> facts.serial().orElse("-"));
    view.put("warnings", VolumeAttributes::warnings);
  }
}
