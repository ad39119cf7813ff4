package dev.tcplay.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.CharBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options that are refused, by the name of their key. */
class RefusedOptionsTest {

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
          protectHidden | a Keys
          protectionListener | a ProtectionListener
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

  @Test
  void protectionExcludesWhatHasNoHiddenVolume() {
    try (Keys hidden = Keys.of("hidden")) {
      for (Map<String, ?> other :
          List.of(
              Map.of("hidden", true),
              Map.of("system", true),
              Map.of("fde", true),
              Map.of("systemDisk", Path.of("disk")),
              Map.of("format", "plain"))) {
        Map<String, Object> env = new HashMap<>(other);
        env.put("protectHidden", hidden);
        String message =
            assertThrows(IllegalArgumentException.class, () -> ContainerOptions.parse(env))
                .getMessage();
        assertTrue(message.startsWith("protectHidden and "), message);
        assertTrue(message.endsWith(" exclude each other"), message);
      }
    }
    ProtectionListener listener = what -> {};
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> ContainerOptions.parse(Map.of("protectionListener", listener)))
            .getMessage();
    assertTrue(message.contains("goes with protectHidden"), message);
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

  @ParameterizedTest
  @ValueSource(strings = {"pimm", "PIM", "readonly", "Password", "key-files", "passwordfile"})
  void aMapOfNothingButAKeyThatIsNearToOneConcernsUs(String key) {
    assertTrue(ContainerOptions.concerns(Map.of(key, "1")));
    assertTrue(ContainerOptions.concerns(Map.of(key, "1", "hashh", "x")));
    assertFalse(ContainerOptions.concerns(Map.of(key, "1", "create", "true")));
  }

  /** Those of the JDK's zips are the keys that are given with files most. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "accessMode",
        "compressionMethod",
        "create",
        "defaultGroup",
        "defaultOwner",
        "defaultPermissions",
        "enablePosixFileAttributes",
        "encoding",
        "forceZIP64End",
        "java.home",
        "multi-release",
        "noExtt",
        "releaseVersion",
        "useTempFile",
        "zipinfo-time"
      })
  void keysOfTheJdksProvidersDoNotConcernUs(String key) {
    assertFalse(ContainerOptions.concerns(Map.of(key, "true")));
  }

  @Test
  void aNullKeyIsNoneOfOurs() {
    Map<String, Object> env = new HashMap<>();
    env.put(null, 1);
    assertFalse(ContainerOptions.concerns(env));
    assertThrows(IllegalArgumentException.class, () -> ContainerOptions.parse(env));
  }
}
