package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.testing.GenuineImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The truth tables of the genuine volumes, and requests that open them. */
final class GenuineVolumes {

  private GenuineVolumes() {}

  /** Rows of images.tsv about volumes that are not system drives. */
  static List<Map<String, String>> trueCryptTable() {
    return GenuineImages.table(GenuineImages.folder("truecrypt").resolve("images.tsv")).stream()
        .filter(row -> !row.get("kind").equals("system"))
        .toList();
  }

  /** Returns whether somebody has overwritten the data of an image, so that its header is left. */
  static boolean isWiped(Map<String, String> row) {
    return row.get("fs").equals("(data wiped)");
  }

  static Map<String, String> row(String image, String kind) {
    return trueCryptTable().stream()
        .filter(row -> row.get("image").equals(image) && row.get("kind").equals(kind))
        .findFirst()
        .orElseThrow();
  }

  static Path image(Map<String, String> row) {
    return GenuineImages.folder("truecrypt").resolve(row.get("image"));
  }

  /** The secrets of a row of images.tsv, without any hint. */
  static UnlockRequest.Builder secrets(Map<String, String> row) {
    UnlockRequest.Builder request = UnlockRequest.builder();
    if (!row.get("password").equals("(empty)")) {
      request.password(bytes(row.get("password")));
    }
    if (!row.get("pim").equals("-")) {
      request.pim(Integer.parseInt(row.get("pim")));
    }
    if (!row.get("keyfiles").equals("-")) {
      for (String name : row.get("keyfiles").split(",", -1)) {
        request.keyfile(GenuineImages.folder("truecrypt").resolve(name));
      }
    }
    return request;
  }

  /** The secrets of a row, and all hints that make it quick to open. */
  static UnlockRequest.Builder hinted(Map<String, String> row) {
    return secrets(row)
        .hash(row.get("prf"))
        .cipher(row.get("cipher"))
        .hidden(row.get("kind").equals("hidden"));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the digest of the first bytes of a device. */
  static String sha256(BlockDevice device, long length) throws IOException {
    byte[] chunk = new byte[1 << 16];
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (long at = 0; at < length; at += chunk.length) {
        int n = (int) Math.min(chunk.length, length - at);
        device.read(at, chunk, 0, n);
        digest.update(chunk, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
