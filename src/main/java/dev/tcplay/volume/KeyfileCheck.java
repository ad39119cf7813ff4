package dev.tcplay.volume;

import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;

import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostKind;
import dev.tcplay.model.KeyfileInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what keyfiles are worth, and which of them have the same contents. Keeps nothing of their
 * contents but digests.
 */
public final class KeyfileCheck {

  /** How many bytes of a keyfile count, from its start. */
  public static final int COUNTED_BYTES = KeyfilePool.COUNTED_BYTES;

  /** Kinds of hosts that may give other bytes each time, or give them once. */
  static final Set<HostKind> STREAMS =
      EnumSet.of(HostKind.PIPE, HostKind.SOCKET, HostKind.CHARACTER_DEVICE);

  /** The digests of contents that were read, each with the first file that has them. */
  private final Map<ByteBuffer, Path> seen = new HashMap<>();

  /** Returns what a file or a directory is as a keyfile. */
  public KeyfileInfo of(Path path) {
    try {
      return read(path);
    } catch (IOException e) {
      return new KeyfileInfo(path, List.of(), List.of(), Optional.of(e));
    }
  }

  private KeyfileInfo read(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return new KeyfileInfo(path, List.of(file(path)), List.of(), Optional.empty());
    }
    Keyfile.Folder folder = Keyfile.Folder.read(path);
    List<KeyfileInfo.Counted> files = new ArrayList<>();
    for (Path file : folder.counted()) {
      files.add(file(file));
    }
    return new KeyfileInfo(path, files, folder.skipped(), Optional.empty());
  }

  private KeyfileInfo.Counted file(Path file) throws IOException {
    if (STREAMS.contains(HostKind.of(file))) {
      return new KeyfileInfo.Counted(
          file,
          0,
          false,
          List.of("is no plain file and was not read: it may give other bytes each time, or once"));
    }
    byte[] contents = new byte[COUNTED_BYTES + 1];
    try {
      int length = read(file, contents);
      int counted = Math.min(length, COUNTED_BYTES);
      KeyfileContents first = KeyfileContents.of(contents, counted);
      int again = Math.min(read(file, contents), COUNTED_BYTES);
      List<String> warnings = new ArrayList<>();
      if (!KeyfileContents.of(contents, again).digest().equals(first.digest())) {
        warnings.add("gives other bytes each time it is read");
      }
      warnings.addAll(first.warnings());
      Path same = seen.putIfAbsent(first.digest(), file);
      if (same != null) {
        warnings.add(
            "has the same contents as %s: both together open other volumes than one"
                .formatted(same));
      }
      if (isReadableByOthers(file)) {
        warnings.add("others than its owner may read it");
      }
      return new KeyfileInfo.Counted(file, counted, length > COUNTED_BYTES, warnings);
    } finally {
      Arrays.fill(contents, (byte) 0);
    }
  }

  /** Reads as many bytes as there is room for; one more than count tells of a longer file. */
  private static int read(Path file, byte[] contents) throws IOException {
    try (InputStream stream = FileDevice.newInputStream(file)) {
      int length = stream.readNBytes(contents, 0, contents.length);
      if (length == 0) {
        throw new FileSystemException(file.toString(), null, Keyfile.EMPTY);
      }
      return length;
    }
  }

  private static boolean isReadableByOthers(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return false;
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    return permissions.contains(GROUP_READ) || permissions.contains(OTHERS_READ);
  }
}
