package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.crypto.CipherMode;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.LinuxMachine;
import dev.tcplay.testing.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @TempDir private Path folder;
  private final Random random = new Random(Seeds.of("DeviceMapperIT"));

  @Test
  void dmCryptReadsWhatWeWroteAndWeReadWhatItWrote() throws Exception {
    LinuxMachine machine = LinuxMachine.require(folder);
    checkBothWays(
        machine,
        List.of(
            MappedContainer.made(folder, "AES"),
            MappedContainer.made(folder, "Serpent-AES"),
            MappedContainer.made(folder, "Camellia"),
            MappedContainer.hidden(folder)));
  }

  /** Of cascades in CBC, and of blocks of 8 bytes in LRW, Linux knows nothing. */
  @Test
  void soItIsWithVolumesOfTrueCrypt1To5() throws Exception {
    LinuxMachine machine = LinuxMachine.require(folder);
    checkBothWays(
        machine,
        List.of(
            MappedContainer.old(folder, 1, CipherMode.CBC, "AES", "sha1"),
            MappedContainer.old(folder, 2, CipherMode.CBC, "Triple DES", "ripemd160"),
            MappedContainer.old(folder, 2, CipherMode.LRW, "AES", "ripemd160"),
            MappedContainer.old(folder, 2, CipherMode.LRW, "Serpent-Twofish-AES", "whirlpool"),
            MappedContainer.oldHidden(folder, "tc_2-ripemd160-cbc-aes-hidden"),
            MappedContainer.oldHidden(folder, "tc_2-ripemd160-lrw-aes-hidden"),
            MappedContainer.old(folder, 3, CipherMode.XTS, "AES-Twofish", "sha512")));
  }

  /** It knows no blocks of 8 bytes in LRW. */
  @Test
  void cryptsetupReadsTheHeadersOfWhatLinuxCannotDecrypt() throws Exception {
    LinuxMachine machine = LinuxMachine.require(folder);
    List<MappedContainer> containers =
        List.of(
            MappedContainer.old(folder, 1, CipherMode.CBC, "Blowfish", "sha1"),
            MappedContainer.old(folder, 2, CipherMode.CBC, "AES-Twofish-Serpent", "ripemd160"),
            MappedContainer.old(folder, 2, CipherMode.CBC, "AES-Blowfish", "ripemd160"),
            MappedContainer.old(folder, 2, CipherMode.CBC, "AES-Blowfish-Serpent", "whirlpool"));
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < containers.size(); i++) {
      script.append(
          "cs_dump /dev/vd%c '%s' %s\n"
              .formatted('a' + i, containers.get(i).password(), containers.get(i).theirs()));
    }
    Judge.Verdict verdict =
        machine.run(
            containers.stream().map(MappedContainer::file).toList(),
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

  private void checkBothWays(LinuxMachine machine, List<MappedContainer> containers)
      throws Exception {
    StringBuilder script = new StringBuilder("set -e\n");
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < containers.size(); i++) {
      MappedContainer container = containers.get(i);
      expected.append(container.importRandom(folder, random)).append('\n');
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
            containers.stream().map(MappedContainer::file).toList(),
            Files.writeString(folder.resolve("script"), script));
    assertEquals(0, verdict.status(), verdict::output);
    List<String> sums = verdict.output().lines().map(line -> line.replaceFirst(" .*", "")).toList();
    assertEquals(2 * containers.size(), sums.size(), verdict::output);
    StringBuilder read = new StringBuilder();
    for (int i = 0; i < containers.size(); i++) {
      read.append(sums.get(2 * i)).append('\n');
      assertEquals(sums.get(2 * i + 1), MappedContainer.sum(containers.get(i).export()));
    }
    assertEquals(expected.toString(), read.toString());
  }
}
