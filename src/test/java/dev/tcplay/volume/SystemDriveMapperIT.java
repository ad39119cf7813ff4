package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.OpenContainer;
import dev.tcplay.Tcplay;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.EncryptedScope;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.LinuxMachine;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Linux maps the encrypted partition of system drives that we made, reads there what we wrote, and
 * writes what we read.
 */
@Execution(ExecutionMode.CONCURRENT)
class SystemDriveMapperIT {

  private static final int DISK = 4 << 20;
  private static final int START = 1 << 20;
  private static final int LENGTH = 2 << 20;

  @TempDir private Path folder;
  private final Random random = new Random(Seeds.of("SystemDriveMapperIT"));

  private byte[] disk() {
    byte[] disk = new byte[DISK];
    random.nextBytes(disk);
    Arrays.fill(disk, 0, 512, (byte) 0);
    ByteBuffer table = ByteBuffer.wrap(disk).order(ByteOrder.LITTLE_ENDIAN).position(446);
    table.putInt(0).putInt(7).putInt(START / 512).putInt(LENGTH / 512);
    table.putShort(510, (short) 0xAA55);
    return disk;
  }

  private static OpenContainer open(Path file, HeaderFamily family, Prf prf) throws IOException {
    return Tcplay.open(file)
        .password(SystemDrives.PASSWORD)
        .format(family.format().displayName())
        .hash(prf.id())
        .system(true)
        .open();
  }

  private static String sum(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void ofAPartitionAloneAndOfAWholeDrive() throws Exception {
    LinuxMachine machine = LinuxMachine.require(folder);
    check(
        machine,
        HeaderFamily.TRUECRYPT_SYSTEM,
        Prf.RIPEMD160,
        new EncryptedScope(START, LENGTH, LENGTH),
        "");
    int rest = DISK - SystemLayout.FIRST_SCOPE;
    check(
        machine,
        HeaderFamily.VERACRYPT_SYSTEM,
        Prf.SHA256,
        new EncryptedScope(SystemLayout.FIRST_SCOPE, rest, rest),
        "--veracrypt --hash sha256");
  }

  private void check(
      LinuxMachine machine, HeaderFamily family, Prf prf, EncryptedScope scope, String theirs)
      throws Exception {
    byte[] disk = disk();
    SystemDrives.encrypt(disk, family, prf, "AES-Twofish", scope);
    Path file = Files.write(folder.resolve("disk.img"), disk);
    byte[] ours = new byte[LENGTH];
    random.nextBytes(ours);
    try (OpenContainer opened = open(file, family, prf)) {
      opened.device().write(0, ours, 0, ours.length);
    }
    Path script =
        Files.writeString(
            folder.resolve("script"),
            """
            set -e
            part=$(ls /dev/vda1 /dev/ubda1 2>/dev/null | head -n 1)
            cs_map volume $part '%s' --tcrypt-system %s
            sha256sum </dev/mapper/volume
            head -c %d /dev/urandom >new
            cat new >/dev/mapper/volume
            cs_unmap volume
            sha256sum <new
            """
                .formatted(SystemDrives.PASSWORD, theirs, LENGTH));
    Judge.Verdict verdict = machine.run(List.of(file), script);
    assertEquals(0, verdict.status(), verdict::output);
    List<String> sums = verdict.output().lines().map(line -> line.replaceFirst(" .*", "")).toList();
    assertEquals(sum(ours), sums.get(0), verdict::output);
    byte[] read = new byte[LENGTH];
    try (OpenContainer opened = open(file, family, prf)) {
      opened.device().read(0, read, 0, read.length);
    }
    assertEquals(sums.get(1), sum(read), verdict::output);
    byte[] after = Files.readAllBytes(file);
    assertArrayEquals(Arrays.copyOf(disk, START), Arrays.copyOf(after, START));
    assertArrayEquals(
        Arrays.copyOfRange(disk, START + LENGTH, DISK),
        Arrays.copyOfRange(after, START + LENGTH, DISK));
  }
}
