package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.model.Keys;
import dev.tcplay.testing.HeapDump;
import dev.tcplay.testing.SeededRandom;
import dev.tcplay.testing.Seeds;
import dev.tcplay.volume.HeapSteps.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Once a step in the life of a volume has ended, the heap holds no password, no pool of keyfiles,
 * no key that was derived and no key of the volume: neither as bytes nor as the words of a key
 * schedule, which of AES begins with the key.
 */
class HeapDumpIT {

  /** Classes of ciphers and hashes whose objects know no key: who else has one may hold a key. */
  private static final Pattern WITHOUT_KEYS =
      Pattern.compile(
          "dev\\.tcplay\\.crypto\\.kernel\\.(BlockCipher|Prf|IdleCalls|.*\\$\\$Lambda.*"
              + "|Serpent(Pace|(En|De)cryption\\$(Round|Inverse|Last)\\d?))"
              + "|javax\\.crypto\\.(CryptoAllPermission(Collection)?|CryptoPermissions"
              + "|JceSecurity\\$WeakIdentityWrapper)|com\\.sun\\.crypto\\.provider\\.SunJCE");

  /** The containers that a step may find, and the one that it may make. */
  private static final List<String> CONTAINERS =
      List.of("outer.hc", "torn.hc", "raw.hc", "old.hc", "new.hc");

  @TempDir private static Path shared;
  private static final Random RANDOM = new Random(Seeds.of("HeapDumpIT"));
  private static final byte[] KEYFILE = new byte[200];
  private static final Map<String, String> TEXTS = new LinkedHashMap<>();
  private static final Map<String, byte[]> DERIVED = new HashMap<>();
  private static @Nullable HeapChild child;

  @TempDir private Path folder;

  /** One letter is not of ASCII, so that UTF-8 and ISO-8859-1 differ. */
  private static String text() {
    StringBuilder text = new StringBuilder("\u00F6");
    RANDOM.ints(30, 'a', 'z' + 1).forEach(text::appendCodePoint);
    return text.toString();
  }

  @BeforeAll
  static void makeContainers() throws IOException {
    RANDOM.nextBytes(KEYFILE);
    for (String name : List.of("password", "new password", "hidden password")) {
      TEXTS.put(name, text());
    }
    Files.write(shared.resolve("keyfile"), KEYFILE);
    Path outer = shared.resolve("outer.hc");
    byte[] password = HeapSecrets.utf8(TEXTS.get("password"));
    try (Keys keys = HeapSteps.hinted(password).keyfile(KEYFILE).build();
        Keys hidden = HeapSteps.hinted(HeapSecrets.utf8(TEXTS.get("hidden password"))).build()) {
      Tcplay.create(outer).size(HiddenVolumes.MIN_HOST).keys(keys).create();
      SeededRandom source = new SeededRandom(RANDOM.nextLong());
      HiddenVolumes.create(outer, "VeraCrypt", keys, hidden, HiddenVolumes.MIN_SIZE, source);
      Tcplay.headers(outer).keys(keys).exportKey(shared.resolve("volume key"));
      Path raw = shared.resolve("raw.hc");
      Tcplay.create(raw).size(HiddenVolumes.MIN_WITHOUT).keys(keys).filesystem("raw").create();
    }
    byte[] torn = Files.readAllBytes(outer);
    Arrays.fill(torn, 0, TrueCryptLayout.SLOT, (byte) 0);
    Files.write(shared.resolve("torn.hc"), torn);
    new VolumeBuilder()
        .format(VolumeFormat.TRUECRYPT)
        .headerVersion(3)
        .hash("sha512")
        .password(password)
        .size(HiddenVolumes.MIN_WITHOUT)
        .create(shared.resolve("old.hc"));
    child = new HeapChild(shared.resolve("output"));
  }

  @AfterAll
  static void endChild() throws Exception {
    if (child != null) {
      child.close();
    }
  }

  @BeforeEach
  void copyContainers() throws IOException {
    for (String name :
        List.of("keyfile", "volume key", "outer.hc", "torn.hc", "raw.hc", "old.hc")) {
      Files.copy(shared.resolve(name), folder.resolve(name));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "LEAK_.*")
  void afterAStepNoSecretIsInTheHeap(Step step) throws Exception {
    assertEquals(Set.of(), found(child, step));
  }

  /** Each in a virtual machine of its own, as it leaves something behind. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "LEAK_.*")
  void whatIsKeptIsFound(Step step) throws Exception {
    Set<String> found;
    try (HeapChild own = new HeapChild(folder.resolve("output"))) {
      found = found(own, step);
    }
    System.out.println(found);
    List<String> expected =
        switch (step) {
          case LEAK_KEYS -> List.of("key of outer.hc before", "dev.tcplay.crypto.kernel.Xts");
          case LEAK_EXPORTED_KEY -> List.of("key of outer.hc before");
          case LEAK_KEYFILE -> List.of("new keyfile at 0", "new keyfile at 112");
          default ->
              List.of(
                  "password in UTF-8",
                  "new password in ISO-8859-1",
                  "hidden password in UTF-16BE",
                  "hidden password in UTF-16LE");
        };
    for (String name : expected) {
      assertTrue(found.stream().anyMatch(each -> each.startsWith(name)), () -> name + found);
    }
  }

  /** Returns which secrets the heap of a child held after a step. */
  private Set<String> found(HeapChild taker, Step step) throws Exception {
    HeapSecrets secrets = new HeapSecrets(TEXTS, KEYFILE, DERIVED);
    addKeys(secrets, "before");
    taker.take(step, folder, TEXTS.values().stream().map(HeapSecrets::utf8).toList());
    addKeys(secrets, "after");
    Path keyfile = folder.resolve("new keyfile");
    if (Files.exists(keyfile)) {
      secrets.add("new keyfile", Files.readAllBytes(keyfile));
    }
    Path dump = folder.resolve("heap.hprof");
    Map<String, byte[]> needles = secrets.needles();
    System.out.printf("%s: %d bytes, %d secrets%n", step, Files.size(dump), needles.size());
    Set<String> found = HeapDump.find(dump, needles);
    Files.readAllLines(folder.resolve("classes")).stream()
        .filter(name -> !WITHOUT_KEYS.matcher(name).matches())
        .forEach(found::add);
    return found;
  }

  /** Adds the secrets of each container, whose own keys must be among them. */
  private void addKeys(HeapSecrets secrets, String when) throws Exception {
    for (String name : CONTAINERS) {
      if (Files.exists(folder.resolve(name))) {
        secrets.addKeys(folder.resolve(name), when);
        assertTrue(
            secrets.needles().keySet().stream()
                .anyMatch(each -> each.startsWith("key of " + name + " " + when)),
            () -> "no key of " + name + " is known");
      }
    }
  }
}
