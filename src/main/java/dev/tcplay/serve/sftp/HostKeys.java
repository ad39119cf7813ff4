package dev.tcplay.serve.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Iterator;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Keys by which clients know the server again. */
final class HostKeys {

  private HostKeys() {}

  /** Makes an Ed25519 key where Bouncy Castle is there, which SSHD needs for it; else ECDSA. */
  static KeyPair fresh() throws IOException {
    try {
      return SecurityUtils.isEDDSACurveSupported()
          ? KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256)
          : KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256);
    } catch (GeneralSecurityException e) {
      throw new IOException("no host key can be made here", e);
    }
  }

  static KeyPair read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Iterable<KeyPair> keys =
          SecurityUtils.loadKeyPairIdentities(
              null, NamedResource.ofName("the host key"), in, FilePasswordProvider.EMPTY);
      if (keys != null) {
        Iterator<KeyPair> all = keys.iterator();
        if (all.hasNext()) {
          return all.next();
        }
      }
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new FileSystemException(
          file.toString(), null, "no private key that can be read without a passphrase");
    }
    throw new FileSystemException(file.toString(), null, "holds no private key");
  }

  static String fingerprint(KeyPair key) {
    return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key.getPublic());
  }
}
