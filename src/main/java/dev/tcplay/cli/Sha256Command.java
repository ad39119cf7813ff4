package dev.tcplay.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;

/** {@code tcplay sha256}: the hash of every file, in the order of the paths' UTF-8 bytes. */
@Command(
    name = "sha256",
    description =
        "Prints the SHA-256 and path of every regular file; links below PATH are passed over.")
final class Sha256Command extends ListingCommand {

  private static final int BUFFER = 1 << 18;

  Sha256Command(Terminal terminal) {
    super(terminal);
  }

  @Override
  boolean followsNamed() {
    return true;
  }

  @Override
  void list(Path top, BasicFileAttributes attributes, FailureLog failures) throws IOException {
    for (Map.Entry<String, Path> file : files(top, attributes, failures).entrySet()) {
      String hash;
      try {
        hash = hash(file.getValue());
      } catch (IOException e) {
        failures.add(e);
        continue;
      }
      if (isJson()) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("sha256", hash);
        entry.put("path", file.getKey());
        add(entry);
      } else {
        out().line(hash + "  " + Names.visible(file.getKey()));
      }
    }
  }

  private static SortedMap<String, Path> files(
      Path top, BasicFileAttributes attributes, FailureLog failures) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>(Names.UTF_8_ORDER);
    if (attributes.isOther()) {
      throw new FileSystemException(
          top.toString(), null, "is neither a regular file nor a directory");
    }
    if (!attributes.isDirectory()) {
      files.put(top.getFileName().toString(), top);
      return files;
    }
    Tree.walk(
        top,
        failures,
        (entry, found) -> {
          if (found.isRegularFile()) {
            files.put(top.relativize(entry).toString(), entry);
          }
          return true;
        });
    return files;
  }

  private static String hash(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      int n;
      while ((n = in.read(buffer)) >= 0) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
