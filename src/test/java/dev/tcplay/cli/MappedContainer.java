package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.crypto.CipherMode;
import dev.tcplay.testing.GenuineImages;
import dev.tcplay.volume.VolumeBuilder;
import dev.tcplay.volume.VolumeFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A container that Linux can map, and how both sides open it.
 *
 * @param options our options
 * @param theirs cryptsetup's options
 */
record MappedContainer(Path file, String password, List<String> options, String theirs) {

  private static final String PASSWORD = "an open secret";

  /** Makes one of VeraCrypt's. */
  static MappedContainer made(Path folder, String cipher) throws IOException {
    Path file = folder.resolve(cipher + ".hc");
    VolumeBuilder builder = new VolumeBuilder();
    builder.password(PASSWORD).pim(1).cipher(cipher).size(2 << 20).create(file);
    return new MappedContainer(
        file,
        PASSWORD,
        List.of("--hash", "sha512", "--pim", "1"),
        "--veracrypt --veracrypt-pim 1 --hash sha512");
  }

  /** Copies a genuine hidden one of VeraCrypt's. */
  static MappedContainer hidden(Path folder) throws IOException {
    return new MappedContainer(
        copy(folder, "veracrypt", "aes-twofish-serpent-sha512-hidden.hc"),
        "hidden horse battery staple",
        List.of("--hash", "whirlpool", "--hidden", "--pim", "1"),
        "--veracrypt --veracrypt-pim 1 --hash whirlpool --tcrypt-hidden");
  }

  /** Copies a genuine hidden one of TrueCrypt's. */
  static MappedContainer oldHidden(Path folder, String image) throws IOException {
    return new MappedContainer(
        copy(folder, "truecrypt", image),
        "bbbbbbbbbbbb",
        List.of("--hash", "ripemd160", "--hidden"),
        "--disable-veracrypt --hash ripemd160 --tcrypt-hidden");
  }

  private static Path copy(Path folder, String archive, String image) throws IOException {
    return Files.copy(GenuineImages.folder(archive).resolve(image), folder.resolve(image));
  }

  /** Makes one of TrueCrypt's. */
  static MappedContainer old(Path folder, int version, CipherMode mode, String cipher, String hash)
      throws IOException {
    String name = "%d-%s-%s.tc".formatted(version, mode.id(), cipher);
    Path file = folder.resolve(name.replace(' ', '-')); // the machine takes no other names
    new VolumeBuilder()
        .format(VolumeFormat.TRUECRYPT)
        .headerVersion(version)
        .mode(mode)
        .password(PASSWORD)
        .cipher(cipher)
        .hash(hash)
        .size(1 << 20)
        .create(file);
    return new MappedContainer(
        file, PASSWORD, List.of("--hash", hash), "--disable-veracrypt --hash " + hash);
  }

  /** Runs a command with the options; it succeeds. */
  CommandRun.Result run(String command, Object... others) {
    List<Object> arguments = new ArrayList<>(List.of(command, "--password", password));
    arguments.addAll(options);
    arguments.add(file);
    arguments.addAll(List.of(others));
    CommandRun.Result result = new CommandRun().run(arguments.toArray());
    assertEquals(0, result.status(), result::err);
    return result;
  }

  /** Fills the volume by the command; returns the SHA-256 of what is in it now. */
  String importRandom(Path folder, Random random) throws Exception {
    byte[] contents = new byte[export().length];
    random.nextBytes(contents);
    run("import", Files.write(folder.resolve("contents"), contents));
    return sum(contents);
  }

  byte[] export() {
    return run("export", Path.of("-")).bytes();
  }

  static String sum(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
