import dev.tcplay.Tcplay;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Makes each {@code @TempDir} in a container of its own: what a test writes there never stands in clear on a disk. The
 * key is of random bytes that nobody keeps, so that a container which outlives its test is noise.
 */
public final class EncryptedFolder implements TempDirFactory {

  private static final long SIZE = 16 << 20;

  private Path container;
  private FileSystem volume;

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws Exception {
    byte[] password = new byte[64];
    new SecureRandom().nextBytes(password);
    container = Files.createTempDirectory("encrypted").resolve("test.hc");
    // So random a password needs no slow key derivation: PIM 1. Free space stays a hole in the file.
    Tcplay.create(container).size(SIZE).password(password).pim(1).quick(true).create();
    volume = Tcplay.open(container).password(password).pim(1).hash("sha512").cipher("AES").mount();
    return Files.createDirectory(volume.getPath("/test"));
  }

  /** JUnit calls it after it has deleted the folder. */
  @Override
  public void close() throws java.io.IOException {
    if (volume != null) {
      volume.close();
    }
    if (container != null) {
      Files.deleteIfExists(container);
      Files.delete(container.getParent());
    }
  }
}
