package dev.tcplay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.model.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New keys that would lock somebody out, or are weak. */
class NewKeysTest {

  private static final String LONG = "a password of more than twenty characters";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void create() throws IOException {
    file = folder.resolve("new.hc");
    Tcplay.create(file)
        .size(2 << 20)
        .withHidden(1 << 20, keys("inner").build())
        .keys(outer())
        .create();
  }

  private static Keys outer() {
    return keys("outer").build();
  }

  private static Keys.Builder keys(String password) {
    return Keys.builder().password(password).pim(1).hash("sha512");
  }

  private void assertRefused(String message, String from, Keys.Builder to) throws IOException {
    byte[] before = Files.readAllBytes(file);
    ContainerKeyChange change = Tcplay.change(file).from(keys(from).build()).to(to.build());
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, change::change);
    assertTrue(refused.getMessage().contains(message), refused::getMessage);
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  private String kind(Keys.Builder by) throws IOException {
    try (OpenContainer opened = Tcplay.open(file).keys(by.build()).readOnly(true).open()) {
      return opened.info().kind();
    }
  }

  @Test
  void theKeysOfTheHiddenVolumeAreNotThoseOfTheNormalOne() throws IOException {
    assertRefused("the normal volume", "inner", keys("outer"));
    assertRefused("the hidden volume", "outer", keys("inner"));
    assertRefused("the normal volume", "inner", keys("outer"));
    assertEquals("hidden", kind(keys("inner")));
    Tcplay.change(file).from(keys("inner").build()).to(keys("outer").pim(2).build()).change();
    assertEquals("hidden", kind(keys("outer").pim(2)));
    assertEquals("normal", kind(keys("outer")));
  }

  /** It changes as it is written: both headers would be lost. */
  @Test
  void theContainerIsNoKeyfileOfItself() throws IOException {
    String refused = "expected none that is written";
    assertRefused(refused, "outer", Keys.builder().keyfile(file));
    assertRefused(refused, "outer", Keys.builder().keyfile(folder));
    Path links = Files.createDirectory(folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("link"), file);
    assertRefused(refused, "outer", Keys.builder().keyfile(links));
  }

  @Test
  void noCopyIsPutAmongTheKeyfiles() throws IOException {
    Path keyfiles = Files.createDirectory(folder.resolve("keyfiles"));
    Path key = Files.writeString(keyfiles.resolve("key"), "some bytes");
    Keys by = keys("outer").keyfile(keyfiles).build();
    Tcplay.change(file).from(outer()).to(Keys.builder().keyfile(keyfiles).build()).change();
    ContainerHeaders headers = Tcplay.headers(file).keys(by);
    Path copy = keyfiles.resolve("copy");
    assertThrows(IllegalArgumentException.class, () -> headers.backUp(copy));
    assertThrows(IllegalArgumentException.class, () -> headers.exportKey(copy));
    assertThrows(IllegalArgumentException.class, () -> headers.backUp(key, true));
    ContainerKeyChange change = Tcplay.change(file).from(by).withoutKeyfiles().headerBackup(copy);
    assertThrows(IllegalArgumentException.class, change::change);
    assertFalse(Files.exists(copy));
    headers.backUp(folder.resolve("copy"));
    assertEquals("some bytes", Files.readString(key));
  }

  @Test
  void whatGivesOtherBytesEachTimeIsNoNewKeyfile() throws IOException {
    Path noise = Path.of("/dev/urandom");
    assumeTrue(Files.exists(noise), "no " + noise);
    assertRefused("may give other bytes", "outer", Keys.builder().keyfile(noise));
  }

  @Test
  void weakKeysAreToldOfBeforeTheyAreWritten() throws IOException {
    List<String> advice = new ArrayList<>();
    byte[] before = Files.readAllBytes(file);
    ContainerKeyChange change = Tcplay.change(file).from(outer()).advice(advice::add);
    change
        .to(keys("short").build())
        .advice(
            sentence -> {
              advice.add(sentence);
              assertArrayEquals(before, assertReadable());
            })
        .change();
    assertEquals(2, advice.size(), advice::toString);
    assertTrue(advice.get(0).contains("fewer than 20 characters"), advice::toString);
    assertTrue(advice.get(1).contains("by PIM 1"), advice::toString);
    advice.clear();
    change.from(keys("short").build()).to(keys(LONG).pim(0).build()).change();
    assertEquals(List.of(), advice);
  }

  private byte[] assertReadable() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
