package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Judge;
import dev.tcplay.testing.LinuxMachine;
import dev.tcplay.testing.Seeds;
import dev.tcplay.volume.VolumeBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Linux maps what our tables say, in a virtual machine: it reads what we wrote, and we its. */
class DmsetupTablesIT {

  private static final String PASSWORD = "an open secret";

  @TempDir private Path folder;
  private final Random random = new Random(Seeds.of("DmsetupTablesIT"));

  private static CommandRun.Result run(String command, Object... arguments) {
    List<Object> all =
        new ArrayList<>(List.of(command, "--password", PASSWORD, "--pim", "1", "--hash", "sha512"));
    all.addAll(List.of(arguments));
    return new CommandRun().run(all.toArray());
  }

  private static String sum(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private Path made(String cipher) throws Exception {
    Path file = folder.resolve(cipher + ".hc");
    new VolumeBuilder().password(PASSWORD).pim(1).cipher(cipher).size(1 << 20).create(file);
    return file;
  }

  @Test
  void linuxReadsAndWritesThePlaintext() throws Exception {
    LinuxMachine machine = LinuxMachine.require(folder);
    List<String> ciphers = List.of("AES", "Camellia", "Serpent-AES", "AES-Twofish-Serpent");
    List<Path> files = new ArrayList<>();
    StringBuilder script = new StringBuilder("set -e\n");
    List<String> expected = new ArrayList<>();
    for (String cipher : ciphers) {
      Path file = made(cipher);
      byte[] contents = run("export", file, Path.of("-")).bytes();
      random.nextBytes(contents);
      run("import", file, Files.write(folder.resolve("contents"), contents));
      expected.add(sum(contents));
      String device = "/dev/vd" + (char) ('a' + files.size());
      CommandRun.Result table =
          run("table", "--showkeys", "--concise", "--name", "v", "--device", device, file);
      assertEquals(0, table.status(), table::err);
      files.add(file);
      script.append(
          """
          dmsetup create --concise '%s'
          sha256sum </dev/mapper/v
          head -c $(blockdev --getsize64 /dev/mapper/v) /dev/urandom >new
          cat new >/dev/mapper/v
          sync
          dmsetup remove v
          for i in 1 0; do dmsetup remove v.$i 2>/dev/null || true; done
          sha256sum <new
          """
              .formatted(table.out().strip()));
    }
    Judge.Verdict verdict = machine.run(files, Files.writeString(folder.resolve("script"), script));
    assertEquals(0, verdict.status(), verdict::output);
    List<String> sums = verdict.output().lines().map(line -> line.replaceFirst(" .*", "")).toList();
    for (int i = 0; i < ciphers.size(); i++) {
      assertEquals(expected.get(i), sums.get(2 * i), verdict::output);
      assertEquals(sums.get(2 * i + 1), sum(run("export", files.get(i), Path.of("-")).bytes()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Kuznyechik", "Kuznyechik-AES"})
  void refusesWhatLinuxHasNot(String cipher) throws Exception {
    CommandRun.Result result = run("table", made(cipher));
    assertEquals(2, result.status());
    assertEquals("", result.out());
    assertTrue(result.err().contains("dm-crypt has no Kuznyechik"), result::err);
  }
}
