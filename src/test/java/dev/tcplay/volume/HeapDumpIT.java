package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.KeyDerivation;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.Keys;
import dev.tcplay.testing.ChildJvm;
import dev.tcplay.testing.HeapDump;
import dev.tcplay.testing.SeededRandom;
import dev.tcplay.testing.Seeds;
import dev.tcplay.volume.HeapSteps.Step;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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

  private static final int WORDS = 16;

  /** Classes of ciphers and hashes whose objects know no key: who else has one may hold a key. */
  private static final Pattern WITHOUT_KEYS =
      Pattern.compile(
          "dev\\.tcplay\\.crypto\\.kernel\\.(BlockCipher|Prf|IdleCalls|.*\\$\\$Lambda.*"
              + "|Serpent(Pace|(En|De)cryption\\$(Round|Inverse|Last)\\d?))"
              + "|javax\\.crypto\\.(CryptoAllPermission(Collection)?|CryptoPermissions"
              + "|JceSecurity\\$WeakIdentityWrapper)|com\\.sun\\.crypto\\.provider\\.SunJCE");

  private static final CipherSuite AES = suite("AES");
  private static final CipherSuite CASCADE = suite("Serpent-Twofish-AES");

  @TempDir private Path folder;
  private final Random random = new Random(Seeds.of("HeapDumpIT"));
  private final byte[] keyfile = new byte[200];
  private final String password = text();
  private final String newPassword = text();
  private final String hiddenPassword = text();
  private final Map<String, byte[]> needles = new LinkedHashMap<>();

  /** One letter is not of ASCII, so that UTF-8 and ISO-8859-1 differ. */
  private String text() {
    StringBuilder text = new StringBuilder("\u00F6");
    random.ints(30, 'a', 'z' + 1).forEach(text::appendCodePoint);
    return text.toString();
  }

  private static CipherSuite suite(String chain) {
    return new CipherSuite(CipherMode.XTS, CipherChain.parse(chain));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @BeforeEach
  void makeContainers() throws IOException {
    random.nextBytes(keyfile);
    Files.write(folder.resolve("keyfile"), keyfile);
    Path outer = folder.resolve("outer.hc");
    try (Keys keys = HeapSteps.hinted(utf8(password)).keyfile(keyfile).build();
        Keys hidden = HeapSteps.hinted(utf8(hiddenPassword)).build()) {
      Tcplay.create(outer).size(HiddenVolumes.MIN_HOST).keys(keys).create();
      SeededRandom source = new SeededRandom(random.nextLong());
      HiddenVolumes.create(outer, "VeraCrypt", keys, hidden, HiddenVolumes.MIN_SIZE, source);
      Path raw = folder.resolve("raw.hc");
      Tcplay.create(raw).size(HiddenVolumes.MIN_WITHOUT).keys(keys).filesystem("raw").create();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "LEAK_.*")
  void afterAStepNoSecretIsInTheHeap(Step step) throws Exception {
    assertEquals(Set.of(), found(step));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "LEAK_.*")
  void whatIsKeptIsFound(Step step) throws Exception {
    Set<String> found = found(step);
    System.out.println(found);
    List<String> expected =
        step == Step.LEAK_KEYS
            ? List.of("key of outer.hc before", "dev.tcplay.crypto.kernel.Xts")
            : List.of(
                "password in UTF-8",
                "new password in ISO-8859-1",
                "hidden password in UTF-16BE",
                "hidden password in UTF-16LE");
    for (String name : expected) {
      assertTrue(found.stream().anyMatch(each -> each.startsWith(name)), () -> name + found);
    }
  }

  /** Takes a step in a virtual machine of its own; returns which secrets its heap held then. */
  private Set<String> found(Step step) throws Exception {
    addTexts("password", password);
    addTexts("new password", newPassword);
    addTexts("hidden password", hiddenPassword);
    needles.put("keyfile", Arrays.copyOf(keyfile, WORDS));
    addKeys("before");
    Path output = folder.resolve("output");
    Process child =
        ChildJvm.start(List.of("-Xmx256m"), output, HeapSteps.class, folder, step.name());
    try (OutputStream in = child.getOutputStream()) {
      for (String text : List.of(password, newPassword, hiddenPassword)) {
        in.write(utf8(text).length);
        in.write(utf8(text));
      }
    }
    assertTrue(child.waitFor(2, TimeUnit.MINUTES), "no end of it");
    assertEquals(0, child.exitValue(), Files.readString(output));
    addKeys("after");
    Path dump = folder.resolve("heap.hprof");
    System.out.printf("%s: %d bytes, %d secrets%n", step, Files.size(dump), needles.size());
    Set<String> found = HeapDump.find(dump, needles);
    Files.readAllLines(output).stream()
        .filter(name -> !WITHOUT_KEYS.matcher(name).matches())
        .forEach(found::add);
    return found;
  }

  private void addTexts(String name, String text) {
    for (Charset charset :
        List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.ISO_8859_1,
            StandardCharsets.UTF_16BE,
            StandardCharsets.UTF_16LE)) {
      needles.put(name + " in " + charset, text.getBytes(charset));
    }
  }

  /** Adds what each input gives with each salt of each container, and the keys that it opens. */
  private void addKeys(String when) throws Exception {
    byte[] pool = pool(password);
    byte[] newPool = pool(newPassword);
    add("pool", pool);
    add("new pool", newPool);
    for (String name : List.of("outer.hc", "raw.hc", "new.hc")) {
      if (Files.exists(folder.resolve(name))) {
        byte[] volume = Files.readAllBytes(folder.resolve(name));
        int slots = volume.length - TrueCryptLayout.SLOTS;
        for (byte[] input : List.of(pool, newPool, utf8(hiddenPassword), utf8(newPassword))) {
          for (int slot :
              new int[] {0, TrueCryptLayout.SLOT, slots, slots + TrueCryptLayout.SLOT}) {
            byte[] header = Arrays.copyOfRange(volume, slot, slot + TrueCryptHeader.SIZE);
            addKeys(name + " " + when, HeaderFamily.VERACRYPT, 1, header, input);
            addKeys(name + " " + when, HeaderFamily.TRUECRYPT, 0, header, input);
          }
        }
      }
    }
  }

  private byte[] pool(String text) throws IOException {
    try (KeyfilePool pool = new KeyfilePool(utf8(text))) {
      pool.mix(new ByteArrayInputStream(keyfile));
      return pool.toPassword();
    }
  }

  private void addKeys(String name, HeaderFamily family, int pim, byte[] header, byte[] input)
      throws Exception {
    byte[] key = new byte[name.startsWith("new.hc") ? KeyDerivation.MAX_BYTES : AES.keyBytes()];
    byte[] salt = Arrays.copyOf(header, TrueCryptHeader.SALT_BYTES);
    try (KeyDerivation derivation = family.costs().kdf(Prf.SHA512, pim).start(input, salt)) {
      derivation.derive(key.length, key, 0);
    }
    add("header key of " + name + " " + needles.size(), key);
    for (CipherSuite suite : List.of(AES, CASCADE)) {
      if (suite.keyBytes() <= key.length) {
        byte[] plaintext = suite.decryptedHeader(key, header.clone(), salt.length);
        if (family.codec().judge(plaintext) == HeaderCodec.Verdict.INTACT) {
          int end = TrueCryptHeader.KEYS + suite.keyBytes();
          byte[] keys = Arrays.copyOfRange(plaintext, TrueCryptHeader.KEYS, end);
          add("key of " + name + " " + needles.size(), keys);
        }
      }
    }
  }

  /** Adds a key in parts of 16 bytes, as bytes and as the words of 4 and of 8 of either order. */
  private void add(String name, byte[] key) {
    for (int at = 0; at + WORDS <= key.length; at += WORDS) {
      byte[] part = Arrays.copyOfRange(key, at, at + WORDS);
      String label = name + " at " + at;
      needles.put(label, part);
      needles.put(label + " in ints", reversed(part, 4));
      needles.put(label + " in longs", reversed(part, 8));
    }
  }

  private static byte[] reversed(byte[] part, int word) {
    byte[] reversed = new byte[part.length];
    for (int i = 0; i < part.length; i++) {
      reversed[i] = part[i / word * word + word - 1 - i % word];
    }
    return reversed;
  }
}
