package dev.tcplay.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords, keyfiles and keys, and what becomes of them. */
class SecretOptionsTest {

  @Test
  void anEmptyCollectionOfKeyfilesIsNone() throws IOException {
    for (Object none : List.of(List.of(), new Path[0])) {
      try (ParsedOptions options = ContainerOptions.parse(Map.of("keyfiles", none))) {
        assertFalse(options.keys().haveSecrets());
      }
    }
    assertArrayEquals(new byte[] {'a'}, passwordOf(Map.of("password", "a", "keyfiles", List.of())));
  }

  @Test
  void passwordsOfAllTypesAreTheSameBytes() throws IOException {
    byte[] expected = "pässwörd🔑".getBytes(StandardCharsets.UTF_8);
    List<Object> values =
        List.of(
            "pässwörd🔑",
            CharBuffer.wrap("pässwörd🔑"),
            "pässwörd🔑".toCharArray(),
            expected.clone(),
            (Supplier<String>) () -> "pässwörd🔑",
            (Supplier<char[]>) () -> "pässwörd🔑".toCharArray(),
            (Supplier<byte[]>) expected::clone);
    for (Object value : values) {
      assertArrayEquals(expected, passwordOf(Map.of("password", value)), value.toString());
    }
  }

  private static byte[] passwordOf(Map<String, ?> env) throws IOException {
    try (ParsedOptions options = ContainerOptions.parse(env)) {
      Keys keys = options.keys();
      return keys.password().clone();
    }
  }

  @Test
  void theKeysOfTheHiddenVolumeStayTheCallers() {
    try (Keys hidden = Keys.of("hidden")) {
      ParsedOptions options = ContainerOptions.parse(Map.of("protectHidden", hidden));
      assertSame(hidden.password(), options.protectHidden().orElseThrow().password());
      options.close();
      assertArrayEquals("hidden".getBytes(StandardCharsets.UTF_8), hidden.password());
    }
  }

  @Test
  void theCallersArraysStayAndOurCopiesAreWiped() throws IOException {
    char[] password = "secret".toCharArray();
    byte[] keyfile = {1, 2, 3};
    byte[] passwordCopy;
    byte[] keyfileCopy;
    try (ParsedOptions options =
        ContainerOptions.parse(Map.of("password", password, "keyfiles", keyfile))) {
      Keys keys = options.keys();
      passwordCopy = keys.password();
      keyfileCopy = keys.keyfileContents().get(0);
      assertArrayEquals("secret".getBytes(StandardCharsets.UTF_8), passwordCopy);
      assertArrayEquals(keyfile, keyfileCopy);
    }
    assertArrayEquals(new byte[6], passwordCopy);
    assertArrayEquals(new byte[3], keyfileCopy);
    assertArrayEquals("secret".toCharArray(), password);
    assertArrayEquals(new byte[] {1, 2, 3}, keyfile);
  }

  @Test
  void anArrayThatASupplierGaveIsWiped() throws IOException {
    byte[] supplied = {'a', 'b'};
    Supplier<byte[]> supplier = () -> supplied;
    assertArrayEquals(new byte[] {'a', 'b'}, passwordOf(Map.of("password", supplier)));
    assertArrayEquals(new byte[2], supplied);
  }

  @Test
  void aPasswordThatIsNoTextIsRefusedWithoutBeingShown() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> ContainerOptions.parse(Map.of("password", "sesame\ud800")))
            .getMessage();
    assertTrue(message.startsWith("password must"), message);
    assertFalse(message.contains("sesame"), message);
  }

  @Test
  void keyfilesComeOneOrMany() throws IOException {
    Path path = Path.of("key");
    List<Object> values =
        List.of(
            path,
            "key",
            List.of("key"),
            List.of(path),
            new Path[] {path},
            new String[] {"key"},
            java.util.Set.of(path));
    for (Object value : values) {
      try (ParsedOptions options = ContainerOptions.parse(Map.of("keyfiles", value))) {
        Keys keys = options.keys();
        assertEquals(List.of(path), keys.keyfiles());
        assertEquals(0, keys.password().length);
      }
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> ContainerOptions.parse(Map.of("keyfiles", Arrays.asList("a", null))));
  }

  @Test
  void theFirstLineIsRawBytesOfBoundedLength() throws IOException {
    byte[] raw = {(byte) 0xff, 0, (byte) 0xc3};
    try (Keys keys = Keys.ofFirstLine(new ByteArrayInputStream(raw))) {
      assertArrayEquals(raw, keys.password());
    }
    ByteArrayInputStream stream = new ByteArrayInputStream(new byte[] {'a', '\n', 'b'});
    Keys.ofFirstLine(stream).close();
    assertEquals('b', stream.read());
    assertThrows(
        IOException.class, () -> Keys.ofFirstLine(new ByteArrayInputStream(new byte[100_000])));
  }

  @Test
  void passwordAndPasswordFileExcludeEachOther() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ContainerOptions.parse(Map.of("password", "a", "passwordFile", "b")));
  }

  @Test
  void keysThatWereGivenWholeAreSharedAndStayTheCallers() {
    Keys keys = Keys.builder().password("secret").pim(3).hash("sha512").build();
    try (ParsedOptions options = ContainerOptions.parse(Map.of("keys", keys))) {
      assertSame(keys.password(), options.keys().password());
      assertEquals(OptionalInt.of(3), options.keys().pim());
    }
    assertArrayEquals("secret".getBytes(StandardCharsets.UTF_8), keys.password());
    keys.close();
    assertThrows(IllegalStateException.class, keys::password);
    assertThrows(IllegalStateException.class, () -> ContainerOptions.parse(Map.of("keys", keys)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "passwordFile", "keyfiles", "pim", "hash", "cipher"})
  void keysExcludeTheSettingsThatTheyHold(String key) {
    try (Keys keys = Keys.of("secret")) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> ContainerOptions.parse(Map.of("keys", keys, key, "1")))
              .getMessage();
      assertEquals("keys and " + key + " exclude each other", message);
    }
  }

  @Test
  void hintsThatWereGivenGoBeforeThoseOfKnownKeys() {
    try (Keys known = Keys.builder().password("secret").pim(3).hash("sha512").build();
        Keys hints = Keys.builder().pim(0).cipher("AES").build();
        Keys both = known.with(hints)) {
      assertEquals(OptionalInt.of(0), both.pim());
      assertEquals(Optional.of("sha512"), both.hash());
      assertEquals(Optional.of("AES"), both.cipher());
      assertSame(known.password(), both.password());
      assertFalse(hints.haveSecrets());
      assertEquals("Keys[hidden]", both.toString());
    }
  }
}
