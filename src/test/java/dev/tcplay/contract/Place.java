package dev.tcplay.contract;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.nio.DrivenVolumes;
import dev.tcplay.testing.TypedVolumes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where a case is tried: an empty folder of a file system that is for this case alone. */
final class Place implements AutoCloseable {

  /** Options that open an image of a volume without a container around it. */
  static final Map<String, String> PLAIN = Map.of("format", "plain");

  private final Path host;
  private final Kind kind;
  private final FileSystem fileSystem;
  private final Path folder;

  /** Something that changes a file system. */
  interface Change {
    void make() throws Exception;
  }

  /**
   * Makes a place.
   *
   * @param host an empty folder of the default file system
   * @param caseless whether names differ by more than case where the judge decides
   */
  Place(Path host, Kind kind, boolean caseless) throws IOException {
    this.host = host.toRealPath();
    this.kind = kind;
    this.fileSystem = open(caseless);
    this.folder =
        fileSystem == FileSystems.getDefault()
            ? Files.createDirectory(host("folder"))
            : Files.createDirectory(
                fileSystem.getRootDirectories().iterator().next().resolve("folder"));
  }

  private FileSystem open(boolean caseless) throws IOException {
    return switch (kind) {
      case JUDGE ->
          caseless
              ? Jimfs.newFileSystem(
                  Configuration.windows().toBuilder().setAttributeViews("basic", "dos").build())
              : FileSystems.getDefault();
      case FAT -> image("FAT16");
      case EXFAT -> image("exFAT");
      case TOY -> DrivenVolumes.toy();
    };
  }

  private FileSystem image(String type) throws IOException {
    TypedVolumes.image(image(), type, TypedVolumes.smallest(type));
    return FileSystems.newFileSystem(URI.create("tcplay:" + image().toUri()), PLAIN);
  }

  /** Returns the image of the volume, of those that have one. */
  Path image() {
    return host("volume.img");
  }

  /** Returns the URI of a path in the volume of the image. */
  URI uri(String inside) {
    return URI.create("tcplay:" + image().toUri() + "!" + inside);
  }

  /** Returns a path of the default file system, in a folder for this case. */
  Path host(String name) {
    return host.resolve(name);
  }

  Kind kind() {
    return kind;
  }

  boolean isOurs() {
    return kind != Kind.JUDGE;
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  /** Returns a path in the folder. */
  Path path(String name) {
    return folder.resolve(name);
  }

  Path folder() {
    return folder;
  }

  /** Makes a file in the folder. */
  Path file(String name, String text) throws IOException {
    return Files.writeString(path(name), text);
  }

  /** Returns a new file system of another provider. */
  static FileSystem foreign() {
    return Jimfs.newFileSystem(Configuration.unix());
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    if (fileSystem != FileSystems.getDefault()) {
      fileSystem.close();
    }
  }
}
