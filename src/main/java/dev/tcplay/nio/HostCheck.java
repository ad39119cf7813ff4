package dev.tcplay.nio;

import dev.tcplay.ContainerOptions;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.FileDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells cheaply which files cannot be containers. The header of a container looks like random
 * bytes, so a file that begins with the signature of a known type is none; the signatures here are
 * long enough that chance makes one in some hundred million containers at most, which opens when
 * its format is named.
 */
final class HostCheck {

  /** The least container: a header and one data unit. */
  private static final int LEAST_BYTES = 1024;

  private static final int SECTOR = 512;
  private static final int LONGEST_SIGNATURE = 16;

  /** File types by the bytes that they begin with, as Latin-1 text. */
  private static final Map<String, String> SIGNATURES = new LinkedHashMap<>();

  static {
    SIGNATURES.put("PK\3\4", "a zip archive");
    SIGNATURES.put("PK\5\6", "a zip archive");
    SIGNATURES.put("\u001f\u008b\b\0", "gzip data");
    SIGNATURES.put("\u001f\u008b\b\b", "gzip data");
    SIGNATURES.put("7z\u00bc\u00af'\u001c", "a 7z archive");
    SIGNATURES.put("\u00fd7zXZ\0", "xz data");
    SIGNATURES.put("(\u00b5/\u00fd", "zstd data");
    SIGNATURES.put("Rar!\u001a\7", "a rar archive");
    SIGNATURES.put("%PDF-", "a PDF document");
    SIGNATURES.put("\u0089PNG\r\n\u001a\n", "a PNG image");
    SIGNATURES.put("\u00ff\u00d8\u00ff\u00e0", "a JPEG image");
    SIGNATURES.put("\u00ff\u00d8\u00ff\u00e1", "a JPEG image");
    SIGNATURES.put("GIF89a", "a GIF image");
    SIGNATURES.put("\u007fELF", "an ELF program");
    SIGNATURES.put("\u00ca\u00fe\u00ba\u00be", "a class file");
    SIGNATURES.put("SQLite format 3\0", "an SQLite database");
    SIGNATURES.put("LUKS\u00ba\u00be", "a LUKS volume");
  }

  private HostCheck() {}

  /**
   * Says why a file cannot be a container.
   *
   * @param env the options, of which only those that change what the file may look like count
   * @return the reason, empty if it may be one
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if it cannot be read
   */
  static Optional<String> refusal(Path host, Map<String, ?> env) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(host, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      return Optional.of("is a directory");
    }
    boolean bare =
        ContainerOptions.asksForPlain(env) || env.containsKey(ContainerOptions.HEADER_FILE);
    // The length of a block device is not known here.
    if (attributes.isRegularFile() && attributes.size() < (bare ? SECTOR : LEAST_BYTES)) {
      return Optional.of(attributes.size() + " bytes are too short for a container");
    }
    boolean headerInFront =
        !env.containsKey(ContainerOptions.FORMAT)
            && !env.containsKey(ContainerOptions.HEADER_FILE)
            && !env.containsKey(ContainerOptions.OFFSET);
    return headerInFront ? signature(host).map(type -> "is " + type) : Optional.empty();
  }

  private static Optional<String> signature(Path host) throws IOException {
    byte[] bytes = new byte[LONGEST_SIGNATURE];
    // Closing a channel of our own would drop the locks of a file system that has the host open.
    try (BlockDevice device = FileDevice.open(host, true, false, "")) {
      device.read(0, bytes, 0, (int) Math.min(bytes.length, device.size()));
    }
    String start = new String(bytes, StandardCharsets.ISO_8859_1);
    return SIGNATURES.entrySet().stream()
        .filter(signature -> start.startsWith(signature.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
