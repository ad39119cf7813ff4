package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.fat.FatDriver;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.LinuxMachine;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Linux mounts what we wrote, in a virtual machine: it sees the names, sizes, times and bytes that
 * we see; and we read what it makes of the volume. One of the volumes lies in a container that we
 * made, and Linux reads it through dm-crypt.
 */
@Execution(ExecutionMode.CONCURRENT)
class FatMachineIT {

  @TempDir private Path folder;
  private final Random random = new Random(Seeds.of("FatMachineIT"));

  /**
   * A volume and how both sides open it.
   *
   * @param theirs commands that print what Linux sees
   */
  private record Volume(Path file, ContainerOpener ours, String theirs) {}

  private Path image(String type, int kib) throws IOException {
    Path image = folder.resolve(type + ".img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(kib * 1024L);
    }
    try (BlockDevice device = FileDevice.open(image, HostOpen.writing())) {
      new FatDriver()
          .format(
              device,
              FormatOptions.DEFAULT
                  .withType(Optional.of(type))
                  .withLabel(Optional.of("OURS"))
                  .withCodePage(Charset.forName("IBM437")));
    }
    return image;
  }

  private List<Volume> volumes() throws IOException {
    List<Volume> volumes = new ArrayList<>();
    for (String type : List.of("FAT12", "FAT16", "FAT32")) {
      Path image = image(type, type.equals("FAT32") ? 40_000 : 12_000);
      String device = "/dev/vd" + (char) ('a' + volumes.size());
      volumes.add(
          new Volume(
              image,
              Tcplay.open(image).format("plain").zone(ZoneOffset.UTC),
              "look " + device + "\n"));
    }
    Path container = FatImages.encrypt(folder.resolve("container.hc"), volumes.get(1).file());
    String theirs =
        """
        cs_map volume /dev/vd%c '%s' --veracrypt --veracrypt-pim 1 --hash sha512
        look /dev/mapper/volume
        cs_unmap volume
        """
            .formatted('a' + volumes.size(), FatImages.PASSWORD);
    ContainerOpener ours =
        Tcplay.open(container)
            .password(FatImages.PASSWORD)
            .pim(1)
            .hash("sha512")
            .zone(ZoneOffset.UTC);
    volumes.add(new Volume(container, ours, theirs));
    return volumes;
  }

  @Test
  void linuxReadsWhatWeWroteAndWeReadWhatItWrote() throws Exception {
    LinuxMachine machine = LinuxMachine.require(folder);
    List<Volume> volumes = volumes();
    List<Map<String, String>> written = new ArrayList<>();
    StringBuilder script =
        new StringBuilder(MachineTrees.script("-t vfat -o tz=UTC,iocharset=utf8,shortname=mixed"));
    for (Volume volume : volumes) {
      try (FileSystem mounted = volume.ours.mount()) {
        MachineTrees.write(mounted, random);
        written.add(MachineTrees.read(mounted));
      }
      script.append(volume.theirs);
    }
    Judge.Verdict verdict =
        machine.run(
            volumes.stream().map(Volume::file).toList(),
            Files.writeString(folder.resolve("script"), script));
    assertEquals(0, verdict.status(), verdict::output);
    List<MachineTrees.Seen> seen = MachineTrees.seen(verdict.output());
    for (int i = 0; i < volumes.size(); i++) {
      assertEquals(written.get(i), seen.get(i).before());
      try (FileSystem mounted = volumes.get(i).ours.mount()) {
        assertEquals(
            MachineTrees.withoutRecent(seen.get(i).after()),
            MachineTrees.withoutRecent(MachineTrees.read(mounted)));
      }
    }
  }
}
