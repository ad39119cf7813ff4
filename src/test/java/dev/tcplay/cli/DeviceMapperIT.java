package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.crypto.CipherMode;
import dev.tcplay.testing.GenuineImages;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.LinuxMachine;
import dev.tcplay.testing.Seeds;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What we write into containers is what Linux reads there through dm-crypt, in a virtual machine,
 * and the other way round.
 */
@Execution(ExecutionMode.CONCURRENT)
class DeviceMapperIT {

  private static final String PASSWORD = "an open secret";

  @TempDir private Path folder;
  private final Random random = new Random(Seeds.of("DeviceMapperIT"));

  /**
   * A container and how both sides open it.
   *
   * @param options our options
   * @param theirs cryptsetup's options
   */
  private record Container(Path file, String password, List<String> options, String theirs) {

    CommandRun.Result run(String command, Path other) {
      List<Object> arguments = new ArrayList<>(List.of(command, "--password", password));
      arguments.addAll(options);
      arguments.add(file);
      arguments.add(other);
      CommandRun.Result result = new CommandRun().run(arguments.toArray());
      assertEquals(0, result.status(), result::err);
      return result;
    }
  }

  private Container made(String cipher) throws IOException {
    Path file = folder.resolve(cipher + ".hc");
    VolumeBuilder builder = new VolumeBuilder();
    builder.password(PASSWORD).pim(1).cipher(cipher).size(2 << 20).create(file);
    return new Container(
        file,
        PASSWORD,
        List.of("--hash", "sha512", "--pim", "1"),
        "--veracrypt --veracrypt-pim 1 --hash sha512");
  }

  private Container hidden() throws IOException {
    return new Container(
        copy("veracrypt", "aes-twofish-serpent-sha512-hidden.hc"),
        "hidden horse battery staple",
        List.of("--hash", "whirlpool", "--hidden", "--pim", "1"),
        "--veracrypt --veracrypt-pim 1 --hash whirlpool --tcrypt-hidden");
  }

  private Container oldHidden(String image) throws IOException {
    return new Container(
        copy("truecrypt", image),
        "bbbbbbbbbbbb",
        List.of("--hash", "ripemd160", "--hidden"),
        "--disable-veracrypt --hash ripemd160 --tcrypt-hidden");
  }

  private Path copy(String archive, String image) throws IOException {
    return Files.copy(GenuineImages.folder(archive).resolve(image), folder.resolve(image));
  }

  private Container old(int version, CipherMode mode, String cipher, String hash)
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
    return new Container(
        file, PASSWORD, List.of("--hash", hash), "--disable-veracrypt --hash " + hash);
  }

  @Test
  void dmCryptReadsWhatWeWroteAndWeReadWhatItWrote() throws Exception {
    LinuxMachine machine = LinuxMachine.require(folder);
    checkBothWays(machine, List.of(made("AES"), made("Serpent-AES"), made("Camellia"), hidden()));
  }

  /** Of cascades in CBC, and of blocks of 8 bytes in LRW, Linux knows nothing. */
  @Test
  void soItIsWithVolumesOfTrueCrypt1To5() throws Exception {
    LinuxMachine machine = LinuxMachine.require(folder);
    checkBothWays(
        machine,
        List.of(
            old(1, CipherMode.CBC, "AES", "sha1"),
            old(2, CipherMode.CBC, "Triple DES", "ripemd160"),
            old(2, CipherMode.LRW, "AES", "ripemd160"),
            old(2, CipherMode.LRW, "Serpent-Twofish-AES", "whirlpool"),
            oldHidden("tc_2-ripemd160-cbc-aes-hidden"),
            oldHidden("tc_2-ripemd160-lrw-aes-hidden"),
            old(3, CipherMode.XTS, "AES-Twofish", "sha512")));
  }

  /** It knows no blocks of 8 bytes in LRW. */
  @Test
  void cryptsetupReadsTheHeadersOfWhatLinuxCannotDecrypt() throws Exception {
    LinuxMachine machine = LinuxMachine.require(folder);
    List<Container> containers =
        List.of(
            old(1, CipherMode.CBC, "Blowfish", "sha1"),
            old(2, CipherMode.CBC, "AES-Twofish-Serpent", "ripemd160"),
            old(2, CipherMode.CBC, "AES-Blowfish", "ripemd160"),
            old(2, CipherMode.CBC, "AES-Blowfish-Serpent", "whirlpool"));
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < containers.size(); i++) {
      script.append(
          "cs_dump /dev/vd%c '%s' %s\n".formatted('a' + i, PASSWORD, containers.get(i).theirs()));
    }
    Judge.Verdict verdict =
        machine.run(
            containers.stream().map(Container::file).toList(),
            Files.writeString(folder.resolve("script"), script));
    List<String> suites =
        verdict.output().lines().filter(line -> line.startsWith("Cipher ")).toList();
    assertEquals(
        """
        Cipher chain:	blowfish_le
        Cipher mode:	cbc-tcrypt
        Cipher chain:	serpent-twofish-aes
        Cipher mode:	cbci-tcrypt
        Cipher chain:	blowfish_le-aes
        Cipher mode:	cbc-tcrypt
        Cipher chain:	serpent-blowfish_le-aes
        Cipher mode:	cbc-tcrypt
        """,
        String.join("\n", suites) + "\n",
        verdict::output);
  }

  private void checkBothWays(LinuxMachine machine, List<Container> containers) throws Exception {
    StringBuilder script = new StringBuilder("set -e\n");
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < containers.size(); i++) {
      Container container = containers.get(i);
      expected.append(importRandom(container)).append('\n');
      script.append(
          """
          cs_map volume /dev/vd%c '%s' %s
          sha256sum </dev/mapper/volume
          size=$(blockdev --getsize64 /dev/mapper/volume)
          head -c $size /dev/urandom >new
          cat new >/dev/mapper/volume
          cs_unmap volume
          sha256sum <new
          """
              .formatted('a' + i, container.password(), container.theirs()));
    }
    Judge.Verdict verdict =
        machine.run(
            containers.stream().map(Container::file).toList(),
            Files.writeString(folder.resolve("script"), script));
    assertEquals(0, verdict.status(), verdict::output);
    List<String> sums = verdict.output().lines().map(line -> line.replaceFirst(" .*", "")).toList();
    assertEquals(2 * containers.size(), sums.size(), verdict::output);
    StringBuilder read = new StringBuilder();
    for (int i = 0; i < containers.size(); i++) {
      read.append(sums.get(2 * i)).append('\n');
      assertEquals(sums.get(2 * i + 1), sum(export(containers.get(i))));
    }
    assertEquals(expected.toString(), read.toString());
  }

  /** Fills a volume by the command; returns the SHA-256 of what is in it now. */
  private String importRandom(Container container) throws Exception {
    byte[] contents = new byte[export(container).length];
    random.nextBytes(contents);
    container.run("import", Files.write(folder.resolve("contents"), contents));
    return sum(contents);
  }

  private static byte[] export(Container container) {
    return container.run("export", Path.of("-")).bytes();
  }

  private static String sum(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
