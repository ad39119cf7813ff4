package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerOpener;
import dev.tcplay.OpenContainer;
import dev.tcplay.Tcplay;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.VolumeAttributes;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password beyond ASCII opens what was made with its bytes in ISO-8859-1, when that is asked. */
class PasswordEncodingTest {

  private static final String TEXT = "p\u00e4ssw\u00f6rt \u00ff";

  @TempDir private Path folder;
  private Path latin1;
  private Path utf8;

  @BeforeEach
  void make() throws IOException {
    latin1 = made("latin1", TEXT.getBytes(StandardCharsets.ISO_8859_1));
    utf8 = made("utf8", TEXT.getBytes(StandardCharsets.UTF_8));
  }

  private Path made(String name, byte[] password) throws IOException {
    Path file = folder.resolve(name);
    Tcplay.create(file).size(299_008).password(password).pim(1).quick(true).create();
    return file;
  }

  private static ContainerOpener opener(Path file) {
    return Tcplay.open(file).pim(1).hash("sha512").cipher("AES");
  }

  private static List<String> warnings(ContainerOpener opener) throws IOException {
    try (OpenContainer container = opener.passwordEncoding(StandardCharsets.ISO_8859_1).open()) {
      return container.warnings();
    }
  }

  @Test
  void everySourceOfAPasswordIsTriedInBoth() throws IOException {
    Path line = Files.writeString(folder.resolve("line"), TEXT + "\n");
    List<String> told = List.of("opened by the password in ISO-8859-1, not in UTF-8");
    byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
    assertEquals(told, warnings(opener(latin1).password(TEXT)));
    assertEquals(told, warnings(opener(latin1).password(TEXT.toCharArray())));
    assertEquals(told, warnings(opener(latin1).password(bytes)));
    assertEquals(told, warnings(opener(latin1).passwordFile(line)));
    assertEquals(List.of(), warnings(opener(utf8).password(TEXT)));
    assertEquals(List.of(), warnings(opener(utf8).passwordFile(line)));
    assertEquals(TEXT, new String(bytes, StandardCharsets.UTF_8));
  }

  @Test
  void keyfilesGoWithTheSecondTry() throws IOException {
    byte[] keyfile = {1, 2, 3};
    Path file = folder.resolve("with keyfile");
    Tcplay.create(file)
        .size(299_008)
        .password(TEXT.getBytes(StandardCharsets.ISO_8859_1))
        .keyfile(keyfile)
        .pim(1)
        .quick(true)
        .create();
    assertEquals(1, warnings(opener(file).password(TEXT).keyfile(keyfile)).size());
  }

  @Test
  void withoutTheOptionThereIsNoSecondTry() {
    WrongPasswordException e =
        assertThrows(WrongPasswordException.class, () -> opener(latin1).password(TEXT).open());
    assertFalse(e.getReason().contains("ISO-8859-1"), e.getReason());
  }

  @Test
  void aMountedVolumeTellsByWhichItOpened() throws IOException {
    Map<String, Object> env =
        Map.of("password", TEXT, "pim", 1, "hash", "sha512", "passwordEncoding", "latin1");
    try (FileSystem volume = FileSystems.newFileSystem(latin1, env)) {
      Files.writeString(volume.getPath("/a"), "b");
      List<String> warnings =
          Files.readAttributes(volume.getPath("/"), VolumeAttributes.class).warnings();
      assertTrue(warnings.toString().contains("ISO-8859-1"), warnings::toString);
    }
  }

  private WrongPasswordException wrong(String password) {
    return assertThrows(
        WrongPasswordException.class,
        () -> warnings(opener(latin1).format("VeraCrypt").password(password)));
  }

  @Test
  void aFailureTellsWhatWasTried() {
    String both = wrong("\u00e9").getReason();
    assertTrue(both.contains("; the password in UTF-8, then in ISO-8859-1)"), both);
    String one = wrong("\u65e5\u672c").getReason();
    assertTrue(one.contains("in UTF-8 only, as ISO-8859-1 lacks some of its characters"), one);
    String ascii = wrong("plain").getReason();
    assertFalse(ascii.contains("UTF-8"), ascii);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "windows-1252", "no such set", ""})
  void otherEncodingsAreRefused(String name) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ContainerOptions.parse(Map.of("passwordEncoding", name)));
    assertTrue(e.getMessage().startsWith("passwordEncoding must"), e::getMessage);
  }
}
