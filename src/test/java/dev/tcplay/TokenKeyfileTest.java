package dev.tcplay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.model.KeyfileSource;
import dev.tcplay.testing.ChildJvm;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe of docs/library.md for keyfiles on a token, by the software token SoftHSM. */
class TokenKeyfileTest {

  private static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
  private static final char[] PIN = {'1', '2', '3', '4'};
  private static final byte[] CHALLENGE = "this container".getBytes(UTF_8);

  @TempDir private Path folder;

  /** In a JVM of its own, as the token reads the environment. */
  public static final class Program {

    private Program() {}

    /** Opens a container by a key that never leaves the token, then by one that does. */
    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      Provider unset = Security.getProvider("SunPKCS11");
      Provider provider = unset.configure(folder.resolve("token.cfg").toString());
      KeyStore token = KeyStore.getInstance("PKCS11", provider);
      token.load(null, PIN);
      byte[] secret = new byte[32];
      Arrays.fill(secret, (byte) 5);
      token.setKeyEntry("tcplay", new SecretKeySpec(secret, "Generic"), null, null);
      SecretKey key = (SecretKey) token.getKey("tcplay", null);
      // What any HMAC of the same key says, so that the bytes are not the token's own invention.
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] expected = mac.doFinal(CHALLENGE);
      opens(
          folder.resolve("hmac.hc"),
          expected,
          () -> {
            Mac onToken = Mac.getInstance("HmacSHA256", provider);
            onToken.init(key);
            return onToken.doFinal(CHALLENGE);
          });
      byte[] encoded = key.getEncoded();
      System.out.println("key leaves the token: " + Arrays.equals(secret, encoded));
      if (encoded != null) {
        opens(folder.resolve("key.hc"), secret, key::getEncoded);
      }
    }

    private static void opens(Path container, byte[] keyfile, KeyfileSource.Reader reader)
        throws IOException {
      Tcplay.create(container).size(1 << 20).keyfile(keyfile).pim(1).quick(true).create();
      try (FileSystem volume =
          Tcplay.open(container).keyfile("token", reader).pim(1).hash("sha512").mount()) {
        System.out.println(container.getFileName() + " opens: " + volume.isOpen());
      }
    }
  }

  @Test
  void aContainerOpensByWhatATokenGives() throws Exception {
    assumeTrue(Files.exists(LIBRARY), "not installed: softhsm2");
    Judge.run("softhsm2-util", "--version");
    Path tokens = Files.createDirectory(folder.resolve("tokens"));
    Path conf = folder.resolve("softhsm2.conf");
    Files.writeString(conf, "directories.tokendir = " + tokens + "\nobjectstore.backend = file\n");
    Judge.Verdict made =
        Judge.run(
            "env",
            "SOFTHSM2_CONF=" + conf,
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            "tcplay",
            "--pin",
            "1234",
            "--so-pin",
            "1234");
    assertEquals(0, made.status(), made.output());
    Files.writeString(
        folder.resolve("token.cfg"),
        """
        name = Test
        library = %s
        slotListIndex = 0
        attributes(*,CKO_SECRET_KEY,*) = {
          CKA_SENSITIVE = false
          CKA_EXTRACTABLE = true
          CKA_SIGN = true
        }
        """
            .formatted(LIBRARY));
    String said =
        ChildJvm.run(
            Map.of("SOFTHSM2_CONF", conf.toString()),
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            folder);
    assertEquals("hmac.hc opens: true\nkey leaves the token: true\nkey.hc opens: true\n", said);
  }
}
