package dev.tcplay.cli;

import static dev.tcplay.cli.MappedContainer.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.mapper.DeviceMapper;
import dev.tcplay.mapper.DeviceTable;
import dev.tcplay.mapper.Table;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.LinuxMachine;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Linux, in a virtual machine, maps what our tables say, and our mapper what its tables say: each
 * reads what the other one wrote.
 */
@Execution(ExecutionMode.CONCURRENT)
class DmsetupTablesIT {

  /** A line of {@code dmsetup table} or {@code dmsetup ls}: a name, and the rest. */
  private static final Pattern NAMED = Pattern.compile("(\\S+?):?\\s+(.+)");

  @TempDir private Path folder;
  private final Random random = new Random(Seeds.of("DmsetupTablesIT"));

  private List<MappedContainer> containers() throws IOException {
    return List.of(
        MappedContainer.made(folder, "AES"),
        MappedContainer.made(folder, "Camellia"),
        MappedContainer.made(folder, "Serpent-AES"),
        MappedContainer.made(folder, "AES-Twofish-Serpent"),
        MappedContainer.hidden(folder),
        MappedContainer.old(folder, 1, CipherMode.CBC, "AES", "sha1"),
        MappedContainer.old(folder, 2, CipherMode.CBC, "Triple DES", "ripemd160"),
        MappedContainer.old(folder, 2, CipherMode.LRW, "AES", "ripemd160"),
        MappedContainer.old(folder, 2, CipherMode.LRW, "Serpent-Twofish-AES", "whirlpool"),
        MappedContainer.oldHidden(folder, "tc_2-ripemd160-lrw-aes-hidden"),
        MappedContainer.old(folder, 3, CipherMode.XTS, "AES-Twofish", "sha512"));
  }

  private Judge.Verdict run(LinuxMachine machine, List<MappedContainer> containers, String script)
      throws Exception {
    Judge.Verdict verdict =
        machine.run(
            containers.stream().map(MappedContainer::file).toList(),
            Files.writeString(folder.resolve("script"), "set -e\n" + script));
    assertEquals(0, verdict.status(), verdict::output);
    return verdict;
  }

  /** Returns what dmsetup is fed: one line for all devices, or a table for each, by turns. */
  private static String creation(MappedContainer container, int number) {
    String device = "/dev/vd" + (char) ('a' + number);
    if (number % 2 == 0) {
      return "dmsetup create --concise '%s'\n"
          .formatted(
              container
                  .run("table", "--showkeys", "--concise", "--name", "v", "--device", device)
                  .out()
                  .strip());
    }
    String name = "v";
    StringBuilder script = new StringBuilder();
    for (String line :
        container
            .run("table", "--showkeys", "--name", "v", "--device", device)
            .out()
            .split("\n", 0)) {
      if (line.startsWith("# ")) {
        name = line.substring(2);
      } else {
        script.append("echo '%s' | dmsetup create %s\n".formatted(line, name));
      }
    }
    return script.toString();
  }

  @Test
  void linuxReadsAndWritesThePlaintextByOurTables() throws Exception {
    LinuxMachine machine = LinuxMachine.require(folder);
    List<MappedContainer> containers = containers();
    StringBuilder script = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (MappedContainer container : containers) {
      script.append(creation(container, expected.size()));
      script.append(
          """
          sha256sum </dev/mapper/v
          head -c $(blockdev --getsize64 /dev/mapper/v) /dev/urandom >new
          cat new >/dev/mapper/v
          sync
          dmsetup remove v
          for i in 1 0; do dmsetup remove v.$i 2>/dev/null || true; done
          sha256sum <new
          """);
      expected.add(container.importRandom(folder, random));
    }
    Judge.Verdict verdict = run(machine, containers, script.toString());
    List<String> sums = verdict.output().lines().map(line -> line.replaceFirst(" .*", "")).toList();
    for (int i = 0; i < containers.size(); i++) {
      MappedContainer container = containers.get(i);
      assertEquals(expected.get(i), sums.get(2 * i), container::toString);
      assertEquals(sums.get(2 * i + 1), sum(container.export()), container::toString);
    }
  }

  @Test
  void theMapperReadsAndWritesThePlaintextByTheTablesOfCryptsetup() throws Exception {
    LinuxMachine machine = LinuxMachine.require(folder);
    List<MappedContainer> containers = containers();
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < containers.size(); i++) {
      MappedContainer container = containers.get(i);
      script.append(
          """
          cs_map v /dev/vd%c '%s' %s
          dmsetup table --showkeys
          dmsetup ls
          cs_unmap v
          echo end
          """
              .formatted('a' + i, container.password(), container.theirs()));
    }
    String[] outputs = run(machine, containers, script.toString()).output().split("end\n", 0);
    for (int i = 0; i < containers.size(); i++) {
      MappedContainer container = containers.get(i);
      String sum = container.importRandom(folder, random);
      byte[] read = changeByMapper(container.file(), outputs[i]);
      assertEquals(sum, sum(read), container::toString);
      // What the mapper left is the same, inverted.
      byte[] inverted = container.export();
      invert(inverted);
      assertEquals(sum, sum(inverted), container::toString);
    }
  }

  private static void invert(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ~bytes[i];
    }
  }

  /** Reads the volume through the tables, and writes it back inverted; returns what was read. */
  private static byte[] changeByMapper(Path file, String output) throws Exception {
    Map<String, String> tables = new TreeMap<>();
    Map<Integer, String> names = new TreeMap<>();
    for (String line : output.split("\n", 0)) {
      Matcher named = NAMED.matcher(line);
      assertTrue(named.matches(), output);
      Matcher number = Pattern.compile("\\(254:(\\d+)\\)").matcher(named.group(2));
      if (number.matches()) {
        names.put(Integer.valueOf(number.group(1)), named.group(1));
      } else {
        tables.put(named.group(1), named.group(2));
      }
    }
    try (DeviceMapper mapper = new DeviceMapper((name, readOnly) -> open(file))) {
      for (Map.Entry<Integer, String> entry : names.entrySet()) {
        byte[] text = tables.get(entry.getValue()).getBytes(StandardCharsets.US_ASCII);
        OptionalInt minor = OptionalInt.of(entry.getKey());
        try (Table table = Table.parse(text)) {
          mapper.create(new DeviceTable(entry.getValue(), "", minor, false, table));
        }
      }
      try (BlockDevice device = mapper.open("v")) {
        byte[] bytes = new byte[(int) device.size()];
        device.read(0, bytes, 0, bytes.length);
        byte[] inverted = bytes.clone();
        invert(inverted);
        device.write(0, inverted, 0, bytes.length);
        return bytes;
      }
    }
  }

  private static BlockDevice open(Path file) throws IOException {
    return FileDevice.open(file, HostOpen.writing().by("a mapped device"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Kuznyechik", "Kuznyechik-AES"})
  void refusesWhatLinuxHasNot(String cipher) throws Exception {
    checkRefused(MappedContainer.made(folder, cipher), "dm-crypt has no Kuznyechik");
  }

  @Test
  void refusesChainsThatDmCryptCannotExpress() throws Exception {
    checkRefused(
        MappedContainer.old(folder, 2, CipherMode.CBC, "AES-Twofish-Serpent", "ripemd160"),
        "dm-crypt has no CBC of several ciphers: ");
    checkRefused(
        MappedContainer.old(folder, 1, CipherMode.CBC, "Blowfish", "sha1"), "dm-crypt has no ");
  }

  private static void checkRefused(MappedContainer container, String why) {
    List<Object> arguments = new ArrayList<>(List.of("table", "--password", container.password()));
    arguments.addAll(container.options());
    arguments.add(container.file());
    CommandRun.Result result = new CommandRun().run(arguments.toArray());
    assertEquals(3, result.status());
    assertEquals("", result.out());
    assertTrue(result.err().contains(why), result::err);
  }
}
