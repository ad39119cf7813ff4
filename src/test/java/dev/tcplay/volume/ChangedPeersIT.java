package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.model.Keys;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.LinuxMachine;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Volumes that tcplay 1.1 makes in a virtual machine, with a file in them that Linux wrote, are
 * changed by us, their headers restored and the containers grown; then tcplay and cryptsetup open
 * them again there.
 */
@Execution(ExecutionMode.CONCURRENT)
class ChangedPeersIT {

  private static final int SIZE = 2 << 20;

  /** What the scripts share; a sum is that of the file which Linux wrote. */
  private static final String FUNCTIONS =
      """
      set -e
      fill() {
        mkfs.vfat /dev/mapper/volume >/dev/null
        mount -t vfat /dev/mapper/volume /mnt
        head -c 50000 /dev/urandom >/mnt/theirs.bin
        umount /mnt
      }
      look() {
        mount -t vfat -o ro /dev/mapper/volume /mnt
        sha256sum </mnt/theirs.bin | cut -c1-64
        umount /mnt
      }
      """;

  @TempDir private Path folder;
  private final List<Path> disks = new ArrayList<>();
  private final List<PeerVolume> volumes = new ArrayList<>();
  private final StringBuilder making = new StringBuilder(FUNCTIONS);

  private Path disk() throws Exception {
    Path disk = folder.resolve("disk" + disks.size());
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.setLength(SIZE);
    }
    disks.add(disk);
    return disk;
  }

  private String device() {
    return "/dev/vd" + (char) ('a' + disks.size() - 1);
  }

  private PeerVolume volume(Path disk, String chain, String hash, String keyfile, boolean hidden) {
    String password = "password " + volumes.size();
    PeerVolume volume =
        new PeerVolume(disk, "TrueCrypt", chain, hash, 0, password, keyfile, hidden);
    volumes.add(volume);
    return volume;
  }

  private static String options(PeerVolume volume) {
    String keyfile = volume.keyfile().isEmpty() ? "" : " -k keyfile";
    return "-z -w -a %s -b %s%s".formatted(volume.tcplayHash(), volume.tcplayChain(), keyfile);
  }

  private void make(String chain, String hash, String keyfile) throws Exception {
    PeerVolume volume = volume(disk(), chain, hash, keyfile, false);
    making.append(
        """
        printf '%%s' '%s' >keyfile
        tcplay_create %s '%s' %s >/dev/null
        """
            .formatted(keyfile, device(), volume.password(), options(volume)));
    fill(volume);
  }

  private void makeWithHidden(String chain, String hash, String hiddenChain, String hiddenHash)
      throws Exception {
    PeerVolume outer = volume(disk(), chain, hash, "", false);
    PeerVolume hidden = volume(outer.file(), hiddenChain, hiddenHash, "", true);
    making.append(
        """
        export TCPLAY_HIDDEN_PW='%s' TCPLAY_HIDDEN_SIZE=1M
        tcplay_create %s '%s' %s -g -x %s -y %s >/dev/null
        unset TCPLAY_HIDDEN_PW TCPLAY_HIDDEN_SIZE
        """
            .formatted(
                hidden.password(),
                device(),
                outer.password(),
                options(outer),
                hidden.tcplayHash(),
                hidden.tcplayChain()));
    fill(outer);
    fill(hidden);
  }

  private void fill(PeerVolume volume) {
    String keyfile = volume.keyfile().isEmpty() ? "" : "-k keyfile";
    making.append(
        """
        tcplay_map volume %s '%s' %s >/dev/null
        fill
        look
        tcplay_unmap volume
        """
            .formatted(device(), volume.password(), keyfile));
  }

  @Test
  void whatTcplayMadeAndWeChangedIsOpenedAgain() throws Exception {
    LinuxMachine machine = LinuxMachine.require(folder);
    make("AES", "sha512", "");
    make("Twofish", "whirlpool", "letters of a keyfile");
    make("AES-Twofish-Serpent", "ripemd160", "");
    make("Serpent-Twofish-AES", "sha512", "other letters");
    makeWithHidden("AES", "ripemd160", "Twofish-Serpent", "sha512");
    List<String> sums = run(machine, disks, making);
    assertEquals(volumes.size(), sums.size(), sums::toString);
    List<Path> copies = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    StringBuilder script = new StringBuilder(FUNCTIONS);
    for (int i = 0; i < volumes.size(); i++) {
      PeerVolume volume = volumes.get(i);
      assertEquals(sums.get(i), volume.sum("/theirs.bin"), volume::toString);
      String hash = volume.hash().equals("sha512") ? "whirlpool" : "sha512";
      for (String format : List.of("TrueCrypt", "VeraCrypt")) {
        Path copy = folder.resolve(format + i);
        PeerVolume changed = volume.changed(copy, format, hash);
        PeerVolume normal = volume.hidden() ? volumes.get(i - 1) : changed;
        try (Keys keys = normal.keys()) {
          PeerVolume.expand(copy, normal.format(), keys, 1 << 20);
        }
        copies.add(copy);
        String device = "/dev/vd" + (char) ('a' + copies.size() - 1);
        script.append("echo '%s'\n".formatted(changed)).append(opening(changed, device));
        expected.add(changed.toString());
        expected.add(sums.get(i));
        if (format.equals("TrueCrypt")) {
          expected.add(sums.get(i));
        }
      }
    }
    assertEquals(String.join("\n", expected), String.join("\n", run(machine, copies, script)));
    System.out.println(copies.size() + " changed volumes were opened again");
  }

  private static String opening(PeerVolume volume, String device) {
    String tcplay =
        """
        tcplay_map volume %s '%s' %s >/dev/null
        look
        tcplay_unmap volume
        """
            .formatted(device, volume.password(), volume.tcplay("keyfile").orElse(""));
    return """
    printf '%%s' '%s' >keyfile
    cs_map volume %s '%s' %s
    look
    cs_unmap volume
    """
            .formatted(volume.keyfile(), device, volume.password(), volume.cryptsetup("keyfile"))
        + (volume.format().equals("TrueCrypt") ? tcplay : "");
  }

  private List<String> run(LinuxMachine machine, List<Path> images, CharSequence script)
      throws Exception {
    Path file = Files.writeString(folder.resolve("script"), script);
    Judge.Verdict verdict = machine.run(images, file);
    assertEquals(0, verdict.status(), verdict::output);
    return verdict.output().strip().lines().map(String::strip).toList();
  }
}
