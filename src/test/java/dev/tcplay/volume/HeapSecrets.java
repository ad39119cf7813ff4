package dev.tcplay.volume;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.KeyDerivation;
import dev.tcplay.crypto.kernel.Prf;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The secrets of containers, by what they are: passwords, pools of keyfiles, what is derived from
 * them with the salt of each slot, and the keys of volumes.
 */
final class HeapSecrets {

  private static final int WORDS = 16;
  private static final CipherSuite AES = suite("AES");
  private static final CipherSuite CASCADE = suite("Serpent-Twofish-AES");

  private final byte[] keyfile;
  private final List<byte[]> inputs;
  private final Map<String, byte[]> needles = new LinkedHashMap<>();
  private final Map<String, byte[]> derived;

  /**
   * Begins with what no container is needed for.
   *
   * @param texts the passwords, by what they are
   * @param keyfile the contents of the keyfile that goes with the first two
   * @param derived remembers what takes long
   */
  HeapSecrets(Map<String, String> texts, byte[] keyfile, Map<String, byte[]> derived)
      throws IOException {
    this.keyfile = keyfile;
    this.derived = derived;
    texts.forEach(this::addTexts);
    needles.put("keyfile", Arrays.copyOf(keyfile, WORDS));
    List<byte[]> passwords = texts.values().stream().map(HeapSecrets::utf8).toList();
    byte[] pool = pool(passwords.get(0));
    byte[] newPool = pool(passwords.get(1));
    add("pool", pool);
    add("new pool", newPool);
    inputs = Stream.concat(Stream.of(pool, newPool), passwords.stream()).toList();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static CipherSuite suite(String chain) {
    return new CipherSuite(CipherMode.XTS, CipherChain.parse(chain));
  }

  Map<String, byte[]> needles() {
    return needles;
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

  /** Adds the keys of a container as it stands, and what each input gives with each salt. */
  void addKeys(Path container, String when) throws Exception {
    byte[] volume = Files.readAllBytes(container);
    String name = container.getFileName() + " " + when;
    int slots = volume.length - TrueCryptLayout.SLOTS;
    for (byte[] input : inputs) {
      for (int slot : new int[] {0, TrueCryptLayout.SLOT, slots, slots + TrueCryptLayout.SLOT}) {
        byte[] header = Arrays.copyOfRange(volume, slot, slot + TrueCryptHeader.SIZE);
        addKeys(name, HeaderFamily.VERACRYPT, 1, header, input);
        addKeys(name, HeaderFamily.TRUECRYPT, 0, header, input);
      }
    }
  }

  private byte[] pool(byte[] password) throws IOException {
    try (KeyfilePool pool = new KeyfilePool(password.clone())) {
      pool.mix(new ByteArrayInputStream(keyfile));
      return pool.toPassword();
    }
  }

  private void addKeys(String name, HeaderFamily family, int pim, byte[] header, byte[] input)
      throws Exception {
    byte[] salt = Arrays.copyOf(header, TrueCryptHeader.SALT_BYTES);
    HexFormat hex = HexFormat.of();
    String from = family.format() + hex.formatHex(salt) + hex.formatHex(input);
    byte[] key = derived.get(from);
    if (key == null) {
      key = new byte[name.startsWith("new.hc") ? KeyDerivation.MAX_BYTES : AES.keyBytes()];
      try (KeyDerivation derivation = family.costs().kdf(Prf.SHA512, pim).start(input, salt)) {
        derivation.derive(key.length, key, 0);
      }
      derived.put(from, key);
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
  void add(String name, byte[] key) {
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
