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
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerOptionsTest {

  @Test
  void absentKeysHaveDefaults() throws IOException {
    try (ParsedOptions options = ContainerOptions.parse(Map.of())) {
      assertFalse(options.keys().haveSecrets());
      assertEquals(OptionalInt.empty(), options.keys().pim());
      assertEquals(Optional.empty(), options.keys().hash());
      assertEquals(Optional.empty(), options.keys().cipher());
      assertEquals(Optional.empty(), options.hidden());
      assertFalse(options.backupHeader());
      assertEquals(Optional.empty(), options.headerFile());
      assertFalse(options.readOnly());
      assertEquals(Optional.empty(), options.filesystem());
      assertEquals(Optional.empty(), options.format());
      assertFalse(options.plain());
      assertEquals(0, options.offset());
      assertEquals(OptionalLong.empty(), options.cacheSize());
      assertEquals(ZoneId.systemDefault(), options.zone());
      assertEquals(Charset.forName("IBM437"), options.codePage());
      assertEquals(Optional.empty(), options.progress());
    }
  }

  @Test
  void aListenerIsTakenAsItIs() {
    UnlockListener listener = progress -> {};
    try (ParsedOptions options = ContainerOptions.parse(Map.of("progress", listener))) {
      assertEquals(Optional.of(listener), options.progress());
    }
  }

  @Test
  void valuesMayBeTypedOrText() {
    Map<String, Object> typed = new HashMap<>();
    typed.put("pim", 485);
    typed.put("hidden", true);
    typed.put("backupHeader", true);
    typed.put("readOnly", true);
    typed.put("headerFile", Path.of("header.bin"));
    typed.put("offset", 1024L);
    typed.put("cacheSize", 1 << 20);
    typed.put("lock", false);
    typed.put("overlay", Path.of("changes"));
    typed.put("syncInterval", Duration.ofMillis(250));
    typed.put("zone", ZoneOffset.UTC);
    typed.put("codePage", StandardCharsets.US_ASCII);
    Map<String, Object> text = new HashMap<>();
    text.put("pim", "485");
    text.put("hidden", "TRUE");
    text.put("backupHeader", "true");
    text.put("readOnly", "true");
    text.put("headerFile", "header.bin");
    text.put("offset", "1024");
    text.put("cacheSize", "1048576");
    text.put("lock", "false");
    text.put("overlay", "changes");
    text.put("syncInterval", "PT0.25S");
    text.put("zone", "Z");
    text.put("codePage", "us-ascii");
    for (Map<String, Object> env : List.of(typed, text)) {
      try (ParsedOptions options = ContainerOptions.parse(env)) {
        assertEquals(OptionalInt.of(485), options.keys().pim());
        assertEquals(Optional.of(true), options.hidden());
        assertTrue(options.backupHeader());
        assertTrue(options.readOnly());
        assertEquals(Optional.of(Path.of("header.bin")), options.headerFile());
        assertEquals(1024, options.offset());
        assertEquals(OptionalLong.of(1 << 20), options.cacheSize());
        assertFalse(options.lock());
        assertEquals(Optional.of(Path.of("changes")), options.overlay().orElseThrow().file());
        assertEquals(Optional.of(Duration.ofMillis(250)), options.syncInterval());
        assertEquals(ZoneOffset.UTC, options.zone());
        assertEquals(StandardCharsets.US_ASCII, options.codePage());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"plain, plain", "PLAIN, plain", "veracrypt, VeraCrypt", "TrueCrypt, TrueCrypt"})
  void formatsAreReadWithoutCase(String given, String expected) {
    try (ParsedOptions options = ContainerOptions.parse(Map.of("format", given))) {
      assertEquals(Optional.of(expected), options.format());
      assertEquals(expected.equals("plain"), options.plain());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          keys         | a Keys
          password     | a char[], byte[], CharSequence or a Supplier of one
          passwordFile | a Path or its text
          keyfiles     | a Path, its text, a byte[] of contents
          pim          | a whole number from 0 to 2147468
          hash         | a CharSequence
          cipher       | a CharSequence
          hidden       | a Boolean
          backupHeader | a Boolean
          headerFile   | a Path or its text
          readOnly     | a Boolean
          filesystem   | a CharSequence
          format       | a CharSequence
          offset       | a whole number from 0 to
          cacheSize    | a whole number from 0 to
          lock         | a Boolean
          overlay      | a Path or its text
          syncInterval | a Duration, its text or a number of milliseconds
          zone         | a ZoneId or its name
          codePage     | a Charset or its name
          progress     | an UnlockListener
          """)
  void aWrongTypeNamesTheKeyAndWhatIsExpected(String key, String expected) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> ContainerOptions.parse(Map.of(key, new Thread())))
            .getMessage();
    assertTrue(message.startsWith(key + " must be " + expected), message);
    assertTrue(message.endsWith(" but was java.lang.Thread"), message);
    String nullMessage =
        assertThrows(
                IllegalArgumentException.class,
                () -> ContainerOptions.parse(Collections.singletonMap(key, null)))
            .getMessage();
    assertTrue(nullMessage.endsWith(" but was null"), nullMessage);
  }

  @ParameterizedTest
  @CsvSource({
    "pim, -1",
    "pim, 2147469",
    "pim, 0x10",
    "pim, 99999999999999999999",
    "hidden, yes",
    "offset, -512",
    "cacheSize, lots",
    "lock, maybe",
    "syncInterval, -1",
    "syncInterval, PT-1S",
    "syncInterval, PT25H",
    "syncInterval, soon",
    "syncInterval, ''",
    "syncInterval, 99999999999999999999",
    "zone, Middle/Earth",
    "codePage, IBM-nonsense",
    "codePage, '??'",
    "format, LUKS",
    "keyfiles, 'a\0b'"
  })
  void aValueOutOfItsRangeNamesTheKey(String key, String value) {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> ContainerOptions.parse(Map.of(key, value)))
            .getMessage();
    assertTrue(message.startsWith(key + " must "), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "passwordFile",
        "keyfiles",
        "headerFile",
        "overlay",
        "hash",
        "cipher",
        "filesystem",
        "format",
        "zone",
        "codePage"
      })
  void anEmptyPathOrTextIsRefusedByTheNameOfItsKey(String key) {
    List<Object> values = new ArrayList<>(List.of("", CharBuffer.allocate(0)));
    if (Set.of("passwordFile", "headerFile", "overlay").contains(key)) {
      values.add(Path.of(""));
    } else if (key.equals("keyfiles")) {
      values.addAll(List.of(Path.of(""), List.of("key", Path.of("")), new String[] {""}));
    }
    for (Object value : values) {
      Map<String, Object> env = Map.of("password", "a", key, value);
      if (key.equals("passwordFile")) {
        env = Map.of(key, value);
      }
      Map<String, Object> given = env;
      String message =
          assertThrows(IllegalArgumentException.class, () -> ContainerOptions.parse(given))
              .getMessage();
      assertTrue(message.startsWith(key + " must "), message);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IBM437",
        "IBM850",
        "IBM852",
        "IBM866",
        "windows-1252",
        "ISO-8859-1",
        "US-ASCII",
        "UTF-8",
        "windows-31j",
        "GBK",
        "Big5",
        "x-windows-949"
      })
  void aCodePageMayHaveAnythingAboveAscii(String name) {
    Charset charset = Charset.forName(name);
    for (Object value : List.of(name, charset)) {
      try (ParsedOptions options = ContainerOptions.parse(Map.of("codePage", value))) {
        assertEquals(charset, options.codePage());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTF-16",
        "UTF-16LE",
        "UTF-32",
        "IBM037",
        "IBM500",
        "IBM1047",
        "x-IBM930",
        "IBM290",
        "ISO-2022-JP",
        "ISO-2022-KR",
        "ISO-2022-CN",
        "x-JISAutoDetect",
        "JIS_X0212-1990"
      })
  void aCodePageThatDoesNotKeepAsciiIsRefused(String name) {
    Charset charset = Charset.forName(name);
    for (Object value : List.of(name, charset)) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> ContainerOptions.parse(Map.of("codePage", value)))
              .getMessage();
      assertTrue(message.startsWith("codePage must ") && message.contains("ASCII"), message);
    }
  }

  @Test
  void anOverlayInMemoryIsAskedForByItsName() {
    try (ParsedOptions options = ContainerOptions.parse(Map.of("overlay", "MEMORY"))) {
      assertEquals(Optional.empty(), options.overlay().orElseThrow().file());
    }
    try (ParsedOptions options = ContainerOptions.parse(Map.of("overlay", Path.of("memory")))) {
      assertEquals(Optional.of(Path.of("memory")), options.overlay().orElseThrow().file());
    }
  }

  @Test
  void aNumberIsASyncIntervalInMilliseconds() {
    for (Object value : List.of(0, "0", Duration.ZERO, "PT0S")) {
      try (ParsedOptions options = ContainerOptions.parse(Map.of("syncInterval", value))) {
        assertEquals(Optional.of(Duration.ZERO), options.syncInterval());
      }
    }
    try (ParsedOptions options = ContainerOptions.parse(Map.of("syncInterval", " 1500 "))) {
      assertEquals(Optional.of(Duration.ofMillis(1500)), options.syncInterval());
    }
  }

  @Test
  void anUnknownKeyIsRefusedWithTheKnownOnes() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> ContainerOptions.parse(Map.of("pasword", "secret", "pim", 1)))
            .getMessage();
    assertTrue(message.contains("pasword") && message.contains("passwordFile"), message);
    assertFalse(message.contains("secret"), message);
  }

  @Test
  void onlyMapsWithAKeyOfOursConcernUs() {
    assertFalse(ContainerOptions.concerns(Map.of()));
    assertFalse(ContainerOptions.concerns(Map.of("create", "true")));
    assertTrue(ContainerOptions.concerns(Map.of("create", "true", "pim", 1)));
  }

  @Test
  void aNullKeyIsNoneOfOurs() {
    Map<String, Object> env = new HashMap<>();
    env.put(null, 1);
    assertFalse(ContainerOptions.concerns(env));
    assertThrows(IllegalArgumentException.class, () -> ContainerOptions.parse(env));
  }

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
