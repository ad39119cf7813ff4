package dev.tcplay.foreign;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.testing.TypedVolumes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A provider that the suites try. */
enum Subject {
  FAT32(40 << 20, 40 << 20),
  EXFAT(40 << 20, 5 << 20),
  JIMFS(0, 4 << 20),
  DEFAULT(0, 0);

  /** What opens a volume without a container around it. */
  static final Map<String, String> PLAIN = Map.of("format", "plain");

  private final int bytes;
  private final int small;

  Subject(int bytes, int small) {
    this.bytes = bytes;
    this.small = small;
  }

  /** Returns whether the provider is ours. */
  boolean isOurs() {
    return bytes > 0;
  }

  /** Returns whether its file systems can be filled up here. */
  boolean isLimited() {
    return small > 0;
  }

  /**
   * Makes a file system and returns an empty folder in it.
   *
   * @param home a folder of the default file system
   * @param name of the folder, and of what is made at home
   */
  Path folder(Path home, String name) throws IOException {
    return Files.createDirectory(root(home, name, bytes).resolve(name));
  }

  /** Makes a small file system, and returns an empty folder as {@link #folder}. */
  Path smallFolder(Path home, String name) throws IOException {
    return Files.createDirectory(root(home, name, small).resolve(name));
  }

  private Path root(Path home, String name, int size) throws IOException {
    return switch (this) {
      case DEFAULT -> home;
      case JIMFS -> memory(name, size).getPath("/");
      case FAT32 -> open(home.resolve(name + ".img"), "FAT32", size).getPath("/");
      case EXFAT -> open(home.resolve(name + ".img"), "exFAT", size).getPath("/");
    };
  }

  private static FileSystem memory(String name, int size) {
    Configuration.Builder unix = Configuration.unix().toBuilder().setAttributeViews("basic");
    return Jimfs.newFileSystem(name, (size > 0 ? unix.setMaxSize(size) : unix).build());
  }

  private static FileSystem open(Path image, String type, int size) throws IOException {
    TypedVolumes.image(image, type, size);
    return FileSystems.newFileSystem(URI.create("tcplay:" + image.toUri()), PLAIN);
  }
}
