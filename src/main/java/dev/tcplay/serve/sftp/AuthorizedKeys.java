package dev.tcplay.serve.sftp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/** The keys of a file in the form of OpenSSH's {@code authorized_keys}. */
final class AuthorizedKeys {

  static final AuthorizedKeys NONE = new AuthorizedKeys(List.of(), List.of());

  private static final int LARGEST_FILE = 1 << 20;

  /** What this server does anyway, whether a line asks for it or not. */
  private static final Set<String> HELD =
      Set.of(
          "restrict",
          "no-agent-forwarding",
          "no-port-forwarding",
          "no-pty",
          "no-user-rc",
          "no-x11-forwarding");

  private final List<PublicKey> keys;
  private final List<String> refused;

  private AuthorizedKeys(List<PublicKey> keys, List<String> refused) {
    this.keys = keys;
    this.refused = refused;
  }

  static AuthorizedKeys read(Path file) throws IOException {
    if (Files.size(file) > LARGEST_FILE) {
      throw new FileSystemException(file.toString(), null, "too large for a file of keys");
    }
    List<PublicKey> keys = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    // Bytes that are no UTF-8 can only be in comments.
    List<String> lines = Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          keys.add(key(line));
        } catch (RefusedException e) {
          refused.add("line " + (i + 1) + ": " + e.getMessage());
        }
      }
    }
    if (keys.isEmpty()) {
      String why = refused.isEmpty() ? "" : ": " + String.join("; ", refused);
      throw new FileSystemException(file.toString(), null, "holds no usable key" + why);
    }
    return new AuthorizedKeys(List.copyOf(keys), List.copyOf(refused));
  }

  private static PublicKey key(String line) throws RefusedException {
    try {
      AuthorizedKeyEntry entry = AuthorizedKeyEntry.parseAuthorizedKeyEntry(line);
      Optional<String> unknown =
          entry.getLoginOptions().keySet().stream()
              .filter(option -> !HELD.contains(option.toLowerCase(Locale.ROOT)))
              .findFirst();
      if (unknown.isPresent()) {
        throw new RefusedException("the option \"" + unknown.get() + "\" is not known here");
      }
      PublicKey key = entry.resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
      if (key == null) {
        throw new RefusedException("no key of a known type");
      }
      return key;
    } catch (IOException | GeneralSecurityException | RuntimeException | LinkageError e) {
      // The library's message repeats the line.
      throw new RefusedException("no key of a known type");
    }
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  boolean contains(PublicKey key) {
    return KeyUtils.findMatchingKey(key, keys) != null;
  }

  List<String> refused() {
    return refused;
  }

  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }
}
