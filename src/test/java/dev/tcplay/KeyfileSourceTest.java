package dev.tcplay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.model.HeaderInfo;
import dev.tcplay.model.KeyfileSource;
import dev.tcplay.model.Keys;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStoreException;
import java.security.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keyfiles that are no files: somebody gives their bytes. */
class KeyfileSourceTest {

  private static final byte[] CONTENTS = {1, 2, 3, 4, 5};

  @TempDir private Path folder;
  private Path file;
  private Path key;
  private final List<byte[]> given = new ArrayList<>();

  @BeforeEach
  void create() throws IOException {
    file = folder.resolve("new.hc");
    key = Files.write(folder.resolve("key"), CONTENTS);
    Tcplay.create(file).size(1 << 20).password("x").keyfile(key).pim(1).quick(true).create();
  }

  private byte[] give() {
    byte[] bytes = CONTENTS.clone();
    given.add(bytes);
    return bytes;
  }

  private ContainerOpener opener(KeyfileSource.Reader reader) {
    return Tcplay.open(file).password("x").pim(1).hash("sha512").keyfile("the token", reader);
  }

  @Test
  void itsBytesOpenWhatAKeyfileOpensAndAreWiped() throws IOException {
    try (FileSystem volume = opener(this::give).mount()) {
      assertTrue(volume.isOpen());
      assertFalse(given.isEmpty());
      given.forEach(bytes -> assertArrayEquals(new byte[CONTENTS.length], bytes));
    }
    assertThrows(WrongPasswordException.class, () -> opener(() -> new byte[] {9}).mount());
  }

  @Test
  void itIsAnOptionOfTheEnvMap() throws IOException {
    KeyfileSource source = new KeyfileSource("the token", this::give);
    for (Object keyfiles : List.of(source, List.of(source))) {
      Map<String, Object> env =
          Map.of("password", "x", "pim", 1, "hash", "sha512", "keyfiles", keyfiles);
      try (FileSystem volume = FileSystems.newFileSystem(file, env)) {
        assertTrue(volume.isOpen());
      }
    }
  }

  @Test
  void itStaysOrIsReplacedWhenKeysAreChanged() throws IOException {
    try (Keys old = Keys.builder().password("x").pim(1).keyfile("token", this::give).build();
        Keys fresh = Keys.builder().password("y").hash("sha512").build()) {
      Tcplay.change(file).from(old).to(fresh).change();
    }
    try (Keys old = Keys.builder().password("y").pim(1).keyfile(key).build();
        Keys fresh = Keys.builder().keyfile("other", () -> new byte[] {7}).build()) {
      assertEquals(HeaderInfo.Copy.EQUAL, Tcplay.headers(file).keys(old).info().backup());
      Tcplay.change(file).from(old).to(fresh).change();
    }
    try (Keys now = Keys.builder().password("y").pim(1).keyfile(new byte[] {7}).build()) {
      assertEquals(HeaderInfo.Copy.EQUAL, Tcplay.headers(file).keys(now).info().backup());
    }
  }

  @Test
  void itIsASecretByItself() {
    try (Keys keys = Keys.builder().keyfile("token", this::give).build()) {
      assertTrue(keys.haveSecrets());
      assertFalse(keys.toString().contains("token"));
      assertTrue(given.isEmpty());
    }
  }

  @Test
  void whateverFailsThereIsAnExceptionThatNamesIt() {
    List<KeyfileSource.Reader> failing =
        List.of(
            () -> {
              throw new IOException("unplugged");
            },
            () -> {
              throw new KeyStoreException("unplugged");
            },
            () -> {
              throw new ProviderException("unplugged");
            },
            () -> new byte[0]);
    for (KeyfileSource.Reader reader : failing) {
      FileSystemException failure =
          assertThrows(FileSystemException.class, () -> opener(reader).mount());
      assertEquals("the token", failure.getFile());
      assertTrue(failure.getReason().matches(".*(unplugged|is empty)"), failure::toString);
    }
  }
}
