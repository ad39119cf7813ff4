package dev.tcplay.mapper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.LinuxMachine;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The same tables, reads, writes and messages through Linux's device mapper, in a virtual machine,
 * and through ours: what is read, what is left on the devices below, tables and status are the
 * same, but for a snapshot's COW device. Linux's delay is not in that machine.
 */
@Execution(ExecutionMode.CONCURRENT)
class TargetsIT {

  private static final int SIZE = 1 << 20;
  private static final int BLOCK = 4096;
  private static final String KEY = "000102030405060708090a0b0c0d0e0f".repeat(2);
  private static final String OTHER_KEY = "0f0e0d0c0b0a09080706050403020100".repeat(2);

  /** A device, and what is done with it before it is removed. */
  @SuppressWarnings("ArrayRecordComponent") // of a constant
  private record Case(String table, String... actions) {}

  private static Case crypt(String cipher, int keys) {
    String text = "0 256 crypt %s %s 4294967290 /dev/vda 8 1 allow_discards";
    return new Case(text.formatted(cipher, KEY.repeat(keys)), "table", "read", "write", "status");
  }

  private static final List<Case> CASES =
      List.of(
          new Case(
              "0 64 linear /dev/vda 8\n64 192 linear /dev/vdb 200",
              "table",
              "read",
              "write",
              "read",
              "status"),
          new Case(
              "0 256 striped 2 8 /dev/vda 16 /dev/vdb 512", "table", "read", "write", "status"),
          new Case("0 384 striped 3 32 /dev/vda 0 /dev/vdb 0 /dev/vda 512", "read", "write"),
          new Case("0 64 zero", "table", "read", "write", "read", "status", "message 0 nothing"),
          new Case("0 64 error", "table", "read", "write", "status"),
          new Case(
              "0 2048 snapshot /dev/vda /dev/vdd N 16",
              "table",
              "status",
              "read",
              "write",
              "read",
              "status"),
          new Case("0 64 flakey /dev/vda 0 100 0 0", "table", "read", "write", "read", "status"),
          new Case("0 64 flakey /dev/vda 0 0 100 0", "read", "write"),
          new Case("0 64 flakey /dev/vda 8 0 100 1 drop_writes", "table", "read", "write", "read"),
          new Case("0 64 flakey /dev/vda 8 0 100 1 error_writes", "read", "write", "read"),
          new Case(
              "0 512 log-writes /dev/vda /dev/vdb",
              "table",
              "status",
              "write",
              "message 0 mark half\\ time",
              "message 0 mark two words",
              "message 0 marks x",
              "status",
              "read"),
          crypt("aes-cbc-plain", 1),
          crypt("aes-cbc-plain64", 1),
          crypt("aes-cbc-essiv:sha256", 1),
          crypt("serpent-cbc-essiv:sha256", 1),
          crypt("twofish-xts-plain64", 2),
          crypt("serpent-xts-plain", 2),
          crypt("camellia-xts-plain64", 2),
          crypt("capi:xts(aes)-plain64", 2),
          new Case(
              "0 256 crypt aes-cbc-plain64 " + KEY + " 3 /dev/vdb 0",
              "message 0 key wipe",
              "suspend",
              "message 0 key wipe x",
              "message 0 key wipe",
              "resume",
              "table",
              "message 0 key set 00",
              "message 0 key set " + KEY + " x",
              "resume",
              "message 0 key set " + OTHER_KEY,
              "resume",
              "read",
              "write",
              "message 0 nonsense",
              "message 0 key lose"),
          new Case("0 256 linear /dev/vda 0", "load 0 256 linear /dev/vda 256", "resume", "read"));

  @TempDir private Path folder;
  private final Random random = new Random(Seeds.of("TargetsIT"));
  private final byte[] pattern = randomBytes();

  private byte[] randomBytes() {
    byte[] bytes = new byte[SIZE];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String sum(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static String theirScript() {
    StringBuilder script =
        new StringBuilder(
            """
            for m in zero snapshot flakey log-writes; do modprobe dm-$m; done
            exec 2>/dev/null
            says() { sed 's#98:0#/dev/vda#g; s#98:16#/dev/vdb#g; s#98:48#/dev/vdd#; s/ *$//'; }
            act() { "$@" >/dev/null && echo ok || echo fails; }
            get() { sha256sum </dev/mapper/t || echo fails; }
            put() {
              n=$(($(blockdev --getsize64 /dev/mapper/t) / 4096))
              dd if=/dev/vdc of=/dev/mapper/t bs=4096 seek=$((n / 4)) count=$((n / 2)) oflag=direct conv=fsync
            }
            """);
    for (Case one : CASES) {
      script.append("dmsetup create t <<'E'\n").append(one.table()).append("\nE\n");
      for (String action : one.actions()) {
        String[] words = action.split(" ", 2);
        script.append(
            switch (words[0]) {
              case "read" -> "get";
              case "write" -> "act put";
              case "table" -> "dmsetup table t | says";
              case "status" -> "sleep 0.2; dmsetup status t | says"; // a log comes a little later
              case "load" -> "act dmsetup load t --table '" + words[1] + "'";
              case "message" -> "act dmsetup message t '" + words[1].replaceFirst(" ", "' '") + "'";
              default -> "act dmsetup " + action + " t";
            });
        script.append('\n');
      }
      script.append("dmsetup remove t\nsha256sum </dev/vda\nsha256sum </dev/vdb\necho\n");
    }
    return script.toString();
  }

  /** Something that may fail. */
  @FunctionalInterface
  private interface Action {
    String run() throws Exception;
  }

  private static String outcome(Action action) throws Exception {
    try {
      return action.run();
    } catch (IOException e) {
      return "fails";
    }
  }

  private String ours(DeviceMapper mapper, String action) throws Exception {
    String[] words = action.split(" ", 3);
    return switch (words[0]) {
      case "table" -> {
        try (Table table = mapper.table("t").orElseThrow()) {
          yield table.toString().strip();
        }
      }
      case "status" ->
          mapper.status("t").stream().map(TargetStatus::toString).collect(Collectors.joining("\n"));
      case "read" -> sum(read(mapper));
      case "write" -> {
        write(mapper);
        yield "ok";
      }
      case "suspend" -> {
        mapper.suspend("t");
        yield "ok";
      }
      case "resume" -> {
        mapper.resume("t");
        yield "ok";
      }
      case "load" -> {
        try (Table table = Table.parse(action.substring(5).getBytes(StandardCharsets.UTF_8))) {
          mapper.load("t", table, false);
        }
        yield "ok";
      }
      default -> {
        byte[] text = words[2].getBytes(StandardCharsets.UTF_8);
        mapper.message("t", Long.parseLong(words[1]), text);
        yield "ok";
      }
    };
  }

  private static byte[] read(DeviceMapper mapper) throws IOException {
    try (BlockDevice device = mapper.open("t", true)) {
      byte[] bytes = new byte[(int) device.size()];
      device.read(0, bytes, 0, bytes.length);
      return bytes;
    }
  }

  private void write(DeviceMapper mapper) throws IOException {
    try (BlockDevice device = mapper.open("t")) {
      int blocks = (int) (device.size() / BLOCK);
      for (int i = 0; i < blocks / 2; i++) {
        device.write((long) (blocks / 4 + i) * BLOCK, pattern, i * BLOCK, BLOCK);
      }
    }
  }

  private String ourOutput(byte[] first, byte[] second) throws Exception {
    MemoryDevice a = new MemoryDevice(SIZE);
    MemoryDevice b = new MemoryDevice(SIZE);
    a.write(0, first, 0, SIZE);
    b.write(0, second, 0, SIZE);
    Map<String, MemoryDevice> devices =
        Map.of("/dev/vda", a, "/dev/vdb", b, "/dev/vdd", new MemoryDevice(SIZE));
    List<String> lines = new ArrayList<>();
    for (Case one : CASES) {
      try (DeviceMapper mapper =
          new DeviceMapper((name, readOnly) -> new KeptDevice(devices.get(name)))) {
        try (Table table = Table.parse(one.table().getBytes(StandardCharsets.UTF_8))) {
          mapper.create("t", table);
        }
        for (String action : one.actions()) {
          lines.add(outcome(() -> ours(mapper, action)));
        }
        mapper.remove("t");
      }
      for (MemoryDevice below : List.of(a, b)) {
        below.read(0, first, 0, SIZE);
        lines.add(sum(first));
      }
      lines.add("");
    }
    return String.join("\n", lines) + "\n";
  }

  @Test
  void linuxAndTheMapperDoTheSame() throws Exception {
    LinuxMachine machine = LinuxMachine.require(folder);
    byte[] first = randomBytes();
    byte[] second = randomBytes();
    List<Path> images =
        List.of(
            Files.write(folder.resolve("a"), first),
            Files.write(folder.resolve("b"), second),
            Files.write(folder.resolve("c"), pattern),
            Files.write(folder.resolve("d"), new byte[SIZE]));
    Path script = Files.writeString(folder.resolve("script"), theirScript());
    Judge.Verdict verdict = machine.run(images, script);
    assertEquals(0, verdict.status(), verdict::output);
    assertEquals(verdict.output().replace("  -", ""), ourOutput(first, second));
  }

  @Test
  void theVersionsAreThoseOfLinuxWhoseTablesTheyTake() throws Exception {
    LinuxMachine machine = LinuxMachine.require(folder);
    String script =
        "for m in crypt zero snapshot flakey log-writes; do modprobe dm-$m; done\ndmsetup targets\n";
    Path image = Files.write(folder.resolve("a"), new byte[SIZE]);
    Path file = Files.writeString(folder.resolve("script"), script);
    List<String> theirs = machine.run(List.of(image), file).output().lines().toList();
    for (TargetVersion version : DeviceMapper.versions()) {
      List<String> same =
          theirs.stream().filter(line -> line.startsWith(version.type() + " ")).toList();
      if (!version.type().equals("delay")) {
        assertEquals(1, same.size(), () -> version + " " + theirs);
        assertEquals("v" + version.version(), same.get(0).replaceFirst(".* ", ""));
      }
    }
  }
}
