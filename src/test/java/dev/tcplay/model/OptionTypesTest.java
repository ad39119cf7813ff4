package dev.tcplay.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options are when they are absent, typed or text. */
class OptionTypesTest {

  @Test
  void absentKeysHaveDefaults() throws IOException {
    try (ParsedOptions options = ContainerOptions.parse(Map.of())) {
      assertFalse(options.keys().haveSecrets());
      assertEquals(OptionalInt.empty(), options.keys().pim());
      assertEquals(Optional.empty(), options.keys().hash());
      assertEquals(Optional.empty(), options.keys().cipher());
      assertEquals(Optional.empty(), options.hidden());
      assertTrue(options.backupHeader().isEmpty());
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
        assertTrue(options.backupHeader().orElseThrow());
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
}
