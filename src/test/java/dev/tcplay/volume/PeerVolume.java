package dev.tcplay.volume;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.model.ExpandedVolume;
import dev.tcplay.model.Keys;
import dev.tcplay.model.VolumeChannel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A volume that both we and programs of others open.
 *
 * @param file the container
 * @param format TrueCrypt or VeraCrypt
 * @param chain its cipher, by our name
 * @param hash by our name
 * @param pim 0 for none
 * @param password of the volume itself
 * @param keyfile its contents, letters only, empty for none
 * @param hidden whether it is the hidden volume of the container
 */
record PeerVolume(
    Path file,
    String format,
    String chain,
    String hash,
    int pim,
    String password,
    String keyfile,
    boolean hidden) {

  private static final int OUTER = 2 << 20;

  @Override
  public String toString() {
    String kind = hidden ? "hidden" : "normal";
    return String.join(" ", format, chain, hash, kind, keyfile.isEmpty() ? "" : "keyfile").strip();
  }

  Keys keys() {
    Keys.Builder keys = Keys.builder().password(password).hash(hash).cipher(chain).pim(pim);
    return (keyfile.isEmpty() ? keys : keys.keyfile(keyfile.getBytes(StandardCharsets.US_ASCII)))
        .build();
  }

  /**
   * Makes the container, and in it an outer volume first if it is a hidden one.
   *
   * @param size of a normal volume with its headers, or of a hidden one
   */
  void create(int size) throws IOException {
    try (Keys keys = keys()) {
      if (hidden) {
        try (Keys outer = outerKeys()) {
          Tcplay.create(file).format(format).size(OUTER).keys(outer).quick(true).create();
          HiddenVolumes.create(file, format, outer, keys, size, new SecureRandom());
        }
      } else {
        Tcplay.create(file).format(format).size(size).keys(keys).create();
      }
    }
  }

  /**
   * Changes everything that can be changed, in a copy of the container, and restores its header.
   */
  PeerVolume changed(Path copy, String newFormat, String newHash) throws IOException {
    Files.copy(file, copy);
    int newPim = newFormat.equals("VeraCrypt") ? 2 : 0;
    String newKeyfile = keyfile.isEmpty() ? "another keyfile" : "";
    PeerVolume after =
        new PeerVolume(
            copy, newFormat, chain, newHash, newPim, "new " + password, newKeyfile, hidden);
    try (Keys keys = keys();
        Keys newKeys = after.keys()) {
      Tcplay.change(copy)
          .format(format)
          .from(keys)
          .to(newKeys)
          .toFormat(newFormat)
          .withoutKeyfiles()
          .hidden(hidden)
          .change();
      try (FileChannel host = FileChannel.open(copy, StandardOpenOption.WRITE)) {
        host.write(ByteBuffer.wrap(new byte[TrueCryptLayout.SLOT]), hidden ? 65_536 : 0);
      }
      Tcplay.headers(copy).format(newFormat).keys(newKeys).hidden(hidden).restore();
    }
    return after;
  }

  /** Returns the keys of the outer volume that is made for a hidden one. */
  Keys outerKeys() {
    int outerPim = format.equals("VeraCrypt") ? 1 : 0;
    return Keys.builder().password("outer").hash("sha512").cipher("AES").pim(outerPim).build();
  }

  /** Lets a container grow by the keys of its normal volume; says whether its FAT has grown. */
  static boolean expand(Path file, String format, Keys keys, long more) throws IOException {
    long before = Files.size(file);
    ExpandedVolume after = Tcplay.expand(file).format(format).keys(keys).expand(before + more);
    return after.fileSystemSize().orElse(0) > before - 2 * TrueCryptLayout.SLOTS;
  }

  private interface Use<T> {
    T of(ContainerOpener opener) throws Exception;
  }

  private <T> T open(Use<T> use) throws Exception {
    try (Keys keys = keys()) {
      return use.of(Tcplay.open(file).format(format).keys(keys).hidden(hidden));
    }
  }

  void write(String name, byte[] contents) throws Exception {
    open(
        opener -> {
          try (FileSystem volume = opener.mount()) {
            return Files.write(volume.getPath(name), contents);
          }
        });
  }

  /** Returns the SHA-256 of a file in the volume. */
  String sum(String name) throws Exception {
    return open(
        opener -> {
          try (FileSystem volume = opener.readOnly(true).mount();
              InputStream contents = Files.newInputStream(volume.getPath(name))) {
            return sha256(contents);
          }
        });
  }

  /** Returns the SHA-256 of the plaintext of the whole volume. */
  String sum() throws Exception {
    return open(
        opener -> {
          try (VolumeChannel volume = opener.readOnly(true).channel()) {
            return sha256(Channels.newInputStream(volume));
          }
        });
  }

  static String sha256(InputStream contents) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(contents.readAllBytes());
    return HexFormat.of().formatHex(digest);
  }

  /** Returns the options of cryptsetup; the keyfile is in a file of that name. */
  String cryptsetup(String keyfileName) {
    String options =
        format.equals("TrueCrypt")
            ? "--disable-veracrypt"
            : "--veracrypt" + (pim == 0 ? "" : " --veracrypt-pim " + pim);
    return options
        + " --hash "
        + hash
        + (hidden ? " --tcrypt-hidden" : "")
        + (keyfile.isEmpty() ? "" : " --key-file " + keyfileName);
  }

  /** Returns the options of tcplay 1.1 likewise; it does not open VeraCrypt's volumes. */
  Optional<String> tcplay(String keyfileName) {
    return format.equals("TrueCrypt")
        ? Optional.of(keyfile.isEmpty() ? "" : "-k " + keyfileName)
        : Optional.empty();
  }

  /** Returns the chain by tcplay's names, which run the other way. */
  String tcplayChain() {
    List<String> ciphers = Arrays.asList(chain.toUpperCase(Locale.ROOT).split("-", -1));
    Collections.reverse(ciphers);
    return String.join("-256-XTS,", ciphers) + "-256-XTS";
  }

  /** Returns the hash by tcplay's name. */
  String tcplayHash() {
    return hash.equals("whirlpool") ? hash : hash.toUpperCase(Locale.ROOT);
  }
}
