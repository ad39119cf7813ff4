package dev.tcplay.nio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Hashes of the files of a tree, as sha256sum prints them. */
final class Trees {

  private Trees() {}

  /** Returns the SHA-256 of every file by its path relative to the tree. */
  static Map<String, String> hashes(Path tree) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        hashes.put(tree.relativize(file).toString(), hash(Files.newInputStream(file)));
      }
    }
    return hashes;
  }

  /** Reads a list that sha256sum printed. */
  static Map<String, String> listed(Path list) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (String line : Files.readAllLines(list)) {
      hashes.put(line.substring(66), line.substring(0, 64));
    }
    return hashes;
  }

  /** Reads a stream to its end and closes it. */
  static String hash(InputStream stream) throws IOException {
    try (DigestInputStream digest = new DigestInputStream(stream, sha256())) {
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
