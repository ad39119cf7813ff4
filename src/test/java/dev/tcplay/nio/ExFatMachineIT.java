package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.LinuxMachine;
import dev.tcplay.testing.Seeds;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Linux maps VeraCrypt containers that we made with exFAT, reads our files through dm-crypt and
 * changes them; and we read what it made of them. Takes minutes; runs with {@code
 * -Dtcplay.exfat.kernel=true}.
 */
class ExFatMachineIT {

  private static final String PASSWORD = "open sesame";
  private static final String LOOK =
      """
      cs_map volume /dev/vd%c '%s' --veracrypt --veracrypt-pim 1 --hash sha512
      look /dev/mapper/volume
      cs_unmap volume
      """;

  @TempDir private Path folder;
  private final Random random = new Random(Seeds.of("ExFatMachineIT"));

  private static ContainerOpener opener(Path container) {
    return Tcplay.open(container).password(PASSWORD).pim(1).hash("sha512").zone(ZoneOffset.UTC);
  }

  private Path container(long bytes) throws Exception {
    Path container = folder.resolve(bytes + ".hc");
    Tcplay.create(container)
        .size(bytes)
        .password(PASSWORD)
        .pim(1)
        .hash("sha512")
        .type("exfat")
        .quick(true)
        .create();
    return container;
  }

  @Test
  void linuxReadsWhatWeWroteThroughItsOwnCryptAndWeReadWhatItWrote() throws Exception {
    assumeTrue(Boolean.getBoolean("tcplay.exfat.kernel"), "-Dtcplay.exfat.kernel is not set");
    LinuxMachine machine = LinuxMachine.require(folder, "qemu");
    // With clusters of 4 and of 32 KiB; the latter takes next to no room on the disk.
    List<Path> containers = List.of(container(12 << 20), container(300 << 20));
    List<Map<String, String>> written = new ArrayList<>();
    StringBuilder script = new StringBuilder(MachineTrees.script("-t exfat -o iocharset=utf8"));
    for (Path container : containers) {
      try (FileSystem mounted = opener(container).mount()) {
        MachineTrees.write(mounted, random);
        written.add(MachineTrees.read(mounted));
      }
      script.append(LOOK.formatted('a' + written.size() - 1, PASSWORD));
    }
    Judge.Verdict verdict =
        machine.run(containers, Files.writeString(folder.resolve("script"), script));
    assertEquals(0, verdict.status(), verdict::output);
    List<MachineTrees.Seen> seen = MachineTrees.seen(verdict.output());
    assertEquals(containers.size(), seen.size(), verdict::output);
    for (int i = 0; i < seen.size(); i++) {
      assertEquals(written.get(i), seen.get(i).before());
      ContainerOpener opener = opener(containers.get(i));
      try (FileSystem mounted = opener.mount()) {
        assertEquals(
            MachineTrees.withoutRecent(seen.get(i).after()),
            MachineTrees.withoutRecent(MachineTrees.read(mounted)));
      }
      List<String> findings = new ArrayList<>();
      opener.check(finding -> findings.add(finding.toString()));
      assertTrue(findings.isEmpty(), findings::toString);
    }
  }
}
