package dev.tcplay.block.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a path leads to, as far as that decides whether it can be a device of ours. */
public enum HostKind {
  /** A file, or what its provider does not tell from one. */
  FILE(null),

  /** A disk, a partition of one, or the like. */
  BLOCK_DEVICE(null),

  /** A directory. */
  DIRECTORY("is a directory"),

  /** A pipe: it has no positions, and opening it may wait for ever for its other end. */
  PIPE("is a pipe"),

  /** A socket, which cannot be opened at all. */
  SOCKET("is a socket"),

  /** A terminal, a source of zeros, or another device without positions. */
  CHARACTER_DEVICE(
      "is a character device, which has no size; the block device of macOS's /dev/rdisk2 is"
          + " /dev/disk2"),

  /** A disk or a volume of Windows under its device name, such as {@code \\.\PhysicalDrive0}. */
  WINDOWS_DEVICE(
      "is a device of Windows, which this library does not open there; make an image file of it, or"
          + " open it on Linux or macOS");

  private static final String WINDOWS_PREFIX = "\\\\.\\";

  /** The bits of a Unix mode that say what kind of file it is, and their values. */
  private static final int KIND_BITS = 0xF000;

  private static final int PIPE_MODE = 0x1000;
  private static final int CHARACTER_MODE = 0x2000;
  private static final int BLOCK_MODE = 0x6000;
  private static final int SOCKET_MODE = 0xC000;

  private final @Nullable String refusal;

  HostKind(@Nullable String refusal) {
    this.refusal = refusal;
  }

  /**
   * Returns the kind of what a path leads to; nothing is opened.
   *
   * @throws java.nio.file.NoSuchFileException if it leads to nothing
   * @throws IOException if the attributes cannot be read
   */
  public static HostKind of(Path host) throws IOException {
    if (host.getFileSystem().getSeparator().equals("\\") && isDeviceOfWindows(host.toString())) {
      return WINDOWS_DEVICE;
    }
    BasicFileAttributes attributes = Files.readAttributes(host, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      return DIRECTORY;
    }
    return attributes.isOther() ? special(host) : FILE;
  }

  /** Returns whether a text is how Windows names a device; Java reads some such as a path. */
  public static boolean isDeviceOfWindows(String text) {
    return text.replace('/', '\\').startsWith(WINDOWS_PREFIX);
  }

  private static HostKind special(Path host) throws IOException {
    if (!host.getFileSystem().supportedFileAttributeViews().contains("unix")
        || !(Files.getAttribute(host, "unix:mode") instanceof Integer mode)) {
      return FILE;
    }
    return switch (mode & KIND_BITS) {
      case PIPE_MODE -> PIPE;
      case CHARACTER_MODE -> CHARACTER_DEVICE;
      case BLOCK_MODE -> BLOCK_DEVICE;
      case SOCKET_MODE -> SOCKET;
      default -> FILE;
    };
  }

  /** Returns why it cannot be opened as a device of ours, empty if it may. */
  public Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }
}
