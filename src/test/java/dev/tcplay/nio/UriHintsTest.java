package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What messages say to those who wrote something near to what they meant. */
class UriHintsTest {

  @TempDir private Path folder;

  private static void assertSays(String hint, Throwable failure) {
    assertTrue(String.valueOf(failure.getMessage()).contains(hint), failure::toString);
  }

  @Test
  void twoSlashesAreTold() {
    URI uri = URI.create("tcplay://tmp/x.hc");
    assertSays(
        "one slash or three", assertThrows(FileSystemNotFoundException.class, () -> Path.of(uri)));
    assertSays(
        "one slash or three",
        assertThrows(
            IllegalArgumentException.class,
            () -> FileSystems.newFileSystem(uri, Map.of("password", "x"))));
  }

  @ParameterizedTest
  @CsvSource({
    "tcplay:x.hc,'newFileSystem(path, env)'",
    "tcplay:file:x.hc!/,'newFileSystem(path, env)'",
    "tcplay:FILE:./x.hc,'newFileSystem(path, env)'",
    "tcplay:C:/x.hc,tcplay:/C:/",
    "tcplay:d:x.hc!/a,tcplay:/d:/"
  })
  void aPathThatIsNotAbsoluteIsTold(String text, String hint) {
    URI uri = URI.create(text);
    assertSays(
        hint,
        assertThrows(
            IllegalArgumentException.class,
            () -> FileSystems.newFileSystem(uri, Map.of("password", "x"))));
    assertSays(hint, assertThrows(IllegalArgumentException.class, () -> Path.of(uri)));
  }

  @Test
  void aPathInsideWithoutItsMarkIsTold() throws Exception {
    Path container = Files.createFile(folder.resolve("x.hc"));
    URI uri = URI.create("tcplay:" + container.toUri() + "/docs/a.txt");
    String hint = container + " is a file, and what is inside it follows !/";
    assertSays(hint, assertThrows(FileSystemNotFoundException.class, () -> Path.of(uri)));
    assertSays(
        hint,
        assertThrows(
            NoSuchFileException.class,
            () -> FileSystems.newFileSystem(uri, Map.of("password", "x"))));
    URI missing = URI.create("tcplay:" + folder.resolve("y.hc").toUri());
    Throwable plain =
        assertThrows(
            NoSuchFileException.class,
            () -> FileSystems.newFileSystem(missing, Map.of("password", "x")));
    assertFalse(plain.getMessage().contains("!/"), plain::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "pimm,1,did you mean pim?",
    "PIM,1,did you mean pim?",
    "readonly,true,did you mean readOnly?",
    "cacheSize,64M,without a unit: 64M is 67108864",
    "pim,5k,must be a whole number from 0 to 2147468",
    "hash,sha521,did you mean sha512?",
    "cipher,aes-twofsh,did you mean AES-Twofish?"
  })
  void aKeyOrValueThatIsNearToOneIsTold(String key, String value, String hint) throws Exception {
    Path container = Files.write(folder.resolve("x.hc"), new byte[1 << 19]);
    Throwable failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> FileSystems.newFileSystem(container, Map.of("password", "x", key, value)));
    assertSays(hint, failure);
    assertEquals(hint.contains("unit"), failure.getMessage().contains("unit"), failure::toString);
    assertEquals(IllegalArgumentException.class, failure.getClass());
  }

  /** The JDK offers a file to all providers and says no more than that none took it. */
  @ParameterizedTest
  @CsvSource({"pimm,did you mean pim?", "Password,did you mean password?"})
  void aSingleKeyThatIsNearToOneIsTold(String key, String hint) throws Exception {
    Path container = Files.write(folder.resolve("x.hc"), new byte[1 << 19]);
    assertSays(
        hint,
        assertThrows(
            IllegalArgumentException.class,
            () -> FileSystems.newFileSystem(container, Map.of(key, "1"))));
    for (Map<String, ?> env :
        List.of(Map.of("encoding", "UTF-8"), Map.of(key, "1", "encoding", "UTF-8"))) {
      assertThrows(
          ProviderNotFoundException.class, () -> FileSystems.newFileSystem(container, env));
    }
    Path small = Files.write(folder.resolve("small"), new byte[9]);
    assertThrows(
        ProviderNotFoundException.class, () -> FileSystems.newFileSystem(small, Map.of(key, "1")));
  }
}
