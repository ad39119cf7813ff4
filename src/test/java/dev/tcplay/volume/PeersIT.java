package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.model.Keys;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.LinuxMachine;
import dev.tcplay.testing.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What we make is what cryptsetup, the kernel's dm-crypt and FAT, and of TrueCrypt's tcplay 1.1
 * open in a virtual machine, cryptsetup by the backup header too; so it is after its keys were
 * changed, its header was restored and the container has grown. {@code -Dtcplay.peers=all} makes a
 * volume of each chain by each hash, normal and hidden.
 */
@Execution(ExecutionMode.CONCURRENT)
class PeersIT {

  private static final boolean ALL = System.getProperty("tcplay.peers", "").equals("all");

  /** As many disks as a machine has. */
  private static final int DISKS = 16;

  private static final int MORE = 512 << 10;

  private static final List<String> OLD_CHAINS =
      List.of(
          "AES",
          "Serpent",
          "Twofish",
          "AES-Twofish",
          "AES-Twofish-Serpent",
          "Serpent-AES",
          "Serpent-Twofish-AES",
          "Twofish-Serpent");

  private static final List<String> OLD_HASHES = List.of("sha512", "whirlpool", "ripemd160");
  private static final List<String> HASHES = List.of("sha512", "whirlpool", "ripemd160", "sha256");

  /** Maps a volume, prints the sums of it and of a file, and copies the file. */
  private static final String SCRIPT =
      """
      set -e
      sum() { sha256sum | cut -c1-64; }
      look() {
        sum </dev/mapper/volume
        mount -t vfat -o iocharset=utf8 /dev/mapper/volume /mnt
        sum </mnt/ours.bin
        cp /mnt/ours.bin "/mnt/copy of $1.bin"
        umount /mnt
      }
      """;

  @TempDir private Path folder;
  private final Random random = new Random(Seeds.of("PeersIT"));
  private final byte[] contents = new byte[100_000];
  private int grown;

  private List<PeerVolume> volumes() {
    List<PeerVolume> volumes = new ArrayList<>();
    List<String> chains = new ArrayList<>(OLD_CHAINS);
    add(volumes, "TrueCrypt", chains, OLD_HASHES);
    chains.addAll(List.of("Camellia", "Camellia-Serpent"));
    add(volumes, "VeraCrypt", chains, HASHES);
    return volumes;
  }

  /** Adds a volume of each chain, with the hashes in turn, or all of them. */
  private void add(
      List<PeerVolume> volumes, String format, List<String> chains, List<String> hashes) {
    int pim = format.equals("VeraCrypt") ? 1 : 0;
    for (int i = 0; i < chains.size(); i++) {
      for (int j = 0; j < hashes.size(); j++) {
        for (boolean hidden : new boolean[] {false, true}) {
          int number = volumes.size();
          String keyfile = (i + j) % 3 == 0 ? "the keyfile of " + number : "";
          boolean isSample = j == i % hashes.size() && hidden == (i % 4 == 1);
          if (ALL || isSample) {
            volumes.add(
                new PeerVolume(
                    folder.resolve("made" + number),
                    format,
                    chains.get(i),
                    hashes.get(j),
                    pim,
                    "password " + number,
                    keyfile,
                    hidden));
          }
        }
      }
    }
  }

  @Test
  void whatWeMakeAndChangeIsOpenedByOthers() throws Exception {
    LinuxMachine machine = LinuxMachine.require(folder);
    random.nextBytes(contents);
    List<PeerVolume> batch = new ArrayList<>();
    int judged = 0;
    List<PeerVolume> volumes = volumes();
    for (int i = 0; i < volumes.size(); i++) {
      PeerVolume volume = volumes.get(i);
      volume.create(1 << 20);
      volume.write("/ours.bin", contents);
      batch.add(volume);
      batch.add(changed(volume, i % 2 == 0));
      if (batch.size() == DISKS) {
        judged += judge(machine, batch);
      }
    }
    judged += judge(machine, batch);
    System.out.printf("%d volumes were judged, FAT has grown in %d%n", judged, grown);
    assertTrue(grown > 0, "no file system has grown");
  }

  /** Changes the hash of a volume, and its format if it can be; lets its container grow. */
  private PeerVolume changed(PeerVolume volume, boolean format) throws IOException {
    boolean old = volume.format().equals("TrueCrypt");
    boolean isCommon = OLD_CHAINS.contains(volume.chain()) && OLD_HASHES.contains(volume.hash());
    boolean oldAfterwards = old != (format && isCommon);
    List<String> hashes = old || oldAfterwards ? OLD_HASHES : HASHES;
    int next = (hashes.indexOf(volume.hash()) + 1) % hashes.size();
    Path copy = folder.resolve("changed" + volume.file().getFileName());
    String newFormat = oldAfterwards ? "TrueCrypt" : "VeraCrypt";
    PeerVolume changed = volume.changed(copy, newFormat, hashes.get(next));
    PeerVolume normal = volume.hidden() ? volume : changed;
    try (Keys keys = volume.hidden() ? volume.outerKeys() : changed.keys()) {
      grown += PeerVolume.expand(copy, normal.format(), keys, MORE) ? 1 : 0;
    }
    return changed;
  }

  private int judge(LinuxMachine machine, List<PeerVolume> batch) throws Exception {
    StringBuilder script = new StringBuilder(SCRIPT);
    List<String> expected = new ArrayList<>();
    String file = PeerVolume.sha256(new ByteArrayInputStream(contents));
    for (int i = 0; i < batch.size(); i++) {
      PeerVolume volume = batch.get(i);
      String device = "/dev/vd" + (char) ('a' + i);
      String password = volume.password();
      script.append("printf '%%s' '%s' >keyfile\n".formatted(volume.keyfile()));
      script.append("echo '%s'\n".formatted(volume));
      expected.add(volume.toString());
      expected.add(volume.sum());
      expected.add(file);
      if (volume.tcplay("keyfile").isPresent()) {
        script.append(
            """
            tcplay_map volume %s '%s' %s >/dev/null
            sum </dev/mapper/volume
            tcplay_unmap volume
            """
                .formatted(device, password, volume.tcplay("keyfile").orElseThrow()));
        expected.add(expected.size() - 1, volume.sum());
      }
      script.append(
          """
          cs_map volume %1$s '%2$s' %3$s
          look cryptsetup
          sum </dev/mapper/volume >by-header
          cs_unmap volume
          cs_map volume %1$s '%2$s' %3$s --tcrypt-backup
          sum </dev/mapper/volume | cmp - by-header
          cs_unmap volume
          """
              .formatted(device, password, volume.cryptsetup("keyfile")));
    }
    Path judge = Files.writeString(folder.resolve("script"), script);
    Judge.Verdict verdict = machine.run(batch.stream().map(PeerVolume::file).toList(), judge);
    assertEquals(String.join("\n", expected), verdict.output().strip());
    assertEquals(0, verdict.status(), verdict::output);
    for (PeerVolume volume : batch) {
      assertEquals(file, volume.sum("/copy of cryptsetup.bin"), volume::toString);
      Files.delete(volume.file());
    }
    int judged = batch.size();
    batch.clear();
    return judged;
  }
}
