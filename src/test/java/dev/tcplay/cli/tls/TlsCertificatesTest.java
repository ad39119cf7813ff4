package dev.tcplay.cli.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Judge;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a folder of certificates is said by the name of the file. */
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
class TlsCertificatesTest {

  @TempDir private Path folder;
  private Path server;
  private Path key;

  @BeforeEach
  void make() throws Exception {
    server = new Certificates(folder).of("server");
    key = server.resolve("server-key.pem");
    TlsCertificates.mutual(server);
  }

  private void assertRefused(Path file, String reason) {
    FileSystemException refusal =
        assertThrows(FileSystemException.class, () -> TlsCertificates.mutual(server));
    assertEquals(file.toString(), refusal.getFile());
    assertTrue(String.valueOf(refusal.getReason()).contains(reason), refusal::getMessage);
  }

  private void makeKey(String command) throws Exception {
    Judge.Verdict made = Judge.run("sh", "-c", command, key.toString());
    assertEquals(0, made.status(), made.output());
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    makeKey(Certificates.PKCS8_EC);
    assertRefused(key, "is not the key of server-cert.pem");
    makeKey(Certificates.PKCS1_RSA);
    assertRefused(key, "is not the key of server-cert.pem");
  }

  @Test
  void anEncryptedKeyIsRefused() throws Exception {
    makeKey("openssl genrsa -aes128 -passout pass:secret -out $0 2048");
    assertRefused(key, "without a passphrase");
    makeKey("openssl genrsa -traditional -aes128 -passout pass:secret -out $0 2048");
    assertRefused(key, "without a passphrase");
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    for (String name : new String[] {"ca-cert.pem", "server-key.pem", "server-cert.pem"}) {
      Path file = server.resolve(name);
      Path aside = Files.move(file, folder.resolve("aside"));
      NoSuchFileException missing =
          assertThrows(NoSuchFileException.class, () -> TlsCertificates.mutual(server));
      assertEquals(file.toString(), missing.getFile());
      Files.move(aside, file);
    }
  }

  @Test
  void filesThatHoldSomethingElseAreRefused() throws Exception {
    Path certificate = server.resolve("server-cert.pem");
    Path authority = server.resolve("ca-cert.pem");
    Path revoked = server.resolve("ca-crl.pem");
    Files.copy(authority, revoked);
    assertRefused(revoked, "has no X509 CRL");
    Files.delete(revoked);
    Files.write(authority, new byte[2 << 20]);
    assertRefused(authority, "longer than 1 MiB");
    Files.writeString(authority, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    assertRefused(authority, "a damaged CERTIFICATE");
    Files.writeString(authority, "-----BEGIN CERTIFICATE-----\nAAAA\n");
    assertRefused(authority, "has no end");
    Files.copy(key, folder.resolve("key"));
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----\n");
    assertRefused(key, "is not base 64");
    Files.writeString(key, "-----BEGIN EC PRIVATE KEY-----\nMIIB\n-----END EC PRIVATE KEY-----\n");
    assertRefused(key, "a damaged EC PRIVATE KEY");
    Files.writeString(key, "nothing");
    assertRefused(key, "has no PRIVATE KEY");
    Files.writeString(certificate, "");
    assertRefused(certificate, "has no CERTIFICATE");
  }

  @Test
  void aDamagedKeyEndsInAnExceptionOfFiles() throws Exception {
    for (String command :
        new String[] {Certificates.SEC1_EC, Certificates.PKCS1_RSA, Certificates.PKCS8_ED25519}) {
      makeKey(command);
      byte[] good = Files.readAllBytes(key);
      int from = new String(good, StandardCharsets.US_ASCII).indexOf("PRIVATE KEY-----\n");
      Random random = new Random(5);
      for (int i = 0; i < 300; i++) {
        byte[] bad = good.clone();
        bad[from + 17 + random.nextInt(60)] = (byte) ('A' + random.nextInt(26));
        Files.write(key, bad);
        try {
          PrivateKeys.read(key);
        } catch (FileSystemException e) {
          assertEquals(key.toString(), e.getFile());
        }
      }
    }
  }
}
