package dev.tcplay;

import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.PartitionInfo;
import dev.tcplay.model.VolumeChannel;
import dev.tcplay.model.VolumeFinding;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.model.VolumeRepair;
import dev.tcplay.testing.DiskTools;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A partition is used as a volume is: written, exported, formatted, checked, and in a container.
 */
class PartitionUseTest extends PartitionedDisk {

  @Test
  void whatIsWrittenIsWhereOthersLookForIt() throws Exception {
    Path image = disk(true, true);
    byte[] before = Files.readAllBytes(image);
    try (FileSystem volume = plain(image).readOnly(false).partition(5).mount()) {
      Files.writeString(volume.getPath("/B.TXT"), "new");
    }
    assertEquals("new", DiskTools.mtype(image, SECOND, "B.TXT"));
    assertEquals("two", DiskTools.mtype(image, SECOND, "A.TXT"));
    byte[] after = Files.readAllBytes(image);
    assertArrayEquals(Arrays.copyOf(before, SECOND), Arrays.copyOf(after, SECOND));
    assertArrayEquals(
        Arrays.copyOfRange(before, SECOND + LENGTH, SIZE),
        Arrays.copyOfRange(after, SECOND + LENGTH, SIZE));
    Path part = folder.resolve("part");
    try (VolumeChannel channel = plain(image).partition(5).channel()) {
      Files.copy(Channels.newInputStream(channel), part);
    }
    assertArrayEquals(Arrays.copyOfRange(after, SECOND, SECOND + LENGTH), Files.readAllBytes(part));
    assertEquals(0, Judge.run("fsck.fat", "-n", part.toString()).status());
  }

  @Test
  void theDeviceAndTheChannelOfAPartitionReachNoFurther() throws Exception {
    Path image = disk(true, false);
    try (OpenContainer container = plain(image).readOnly(false).partition(1).open()) {
      BlockDevice device = container.device();
      assertEquals(LENGTH, device.size());
      assertEquals(FIRST, container.info().dataOffset());
      byte[] sector = new byte[512];
      device.read(0, sector, 0, 512);
      assertEquals(0x55, sector[510]);
      assertThrows(IOException.class, () -> device.write(LENGTH - 1, new byte[2], 0, 2));
      try (VolumeChannel channel = container.channel(WRITE)) {
        channel.position(LENGTH - 1).write(ByteBuffer.wrap(new byte[] {9}));
      }
    }
    byte[] all = Files.readAllBytes(image);
    assertEquals(List.of(9, 0), List.of((int) all[FIRST + LENGTH - 1], (int) all[FIRST + LENGTH]));
  }

  @Test
  void aPartitionIsFormattedCheckedAndRepairedAsAVolumeIs() throws Exception {
    Path image = disk(true, false);
    plain(image).readOnly(false).partition(5).makeFileSystem(new NewFileSystem().withLabel("NEW"));
    assertEquals("one", DiskTools.mtype(image, FIRST, "A.TXT"));
    String facts = Judge.run("minfo", "-i", image + "@@" + SECOND, "::").output();
    assertTrue(facts.contains("hidden sectors: " + SECOND / 512), facts);
    try (FileSystem volume = plain(image).partition(5).mount()) {
      assertEquals(Optional.of("NEW"), facts(volume).label());
    }
    DiskTools.put(image, SECOND, new byte[512]);
    DiskTools.put(image, FIRST + firstTable(image) + 200, new byte[] {-1, -1});
    List<VolumeFinding> findings = new ArrayList<>();
    plain(image).check(findings::add);
    assertFalse(findings.isEmpty());
    plain(image).readOnly(false).repair(new VolumeRepair(), finding -> {});
    findings.clear();
    plain(image).check(findings::add);
    assertEquals(List.of(), findings);
    assertEquals("one", DiskTools.mtype(image, FIRST, "A.TXT"));
  }

  @Test
  void anExtendedPartitionIsNoVolume() throws Exception {
    Path image = disk(false, true);
    byte[] before = Files.readAllBytes(image);
    FileSystemException e =
        assertThrows(
            FileSystemException.class,
            () -> plain(image).readOnly(false).partition(2).makeFileSystem(new NewFileSystem()));
    assertTrue(e.getMessage().contains("partition 2 only holds logical partitions"), e::getMessage);
    assertThrows(FileSystemException.class, () -> plain(image).partition(2).open().close());
    assertArrayEquals(before, Files.readAllBytes(image));
  }

  /** Returns where the first table of the first partition's FAT begins. */
  private static int firstTable(Path image) throws IOException {
    byte[] disk = Files.readAllBytes(image);
    return (disk[FIRST + 14] & 0xFF) * 512;
  }

  @Test
  void aContainerMayHoldADiskToo() throws Exception {
    Path image = disk(false, true);
    Path container = folder.resolve("disk.hc");
    Tcplay.create(container)
        .size(SIZE + 262_144)
        .filesystem("raw")
        .password("x")
        .pim(1)
        .quick(true)
        .create();
    ContainerOpener opener =
        Tcplay.open(container).password("x").pim(1).hash("sha512").cipher("AES");
    try (VolumeChannel channel = opener.channel(WRITE)) {
      Files.copy(image, Channels.newOutputStream(channel));
    }
    try (FileSystem volume = opener.mount()) {
      Files.writeString(volume.getPath("/B.TXT"), "in a container");
      VolumeInfo info = facts(volume).volume();
      assertEquals(131_072 + SECOND, info.dataOffset());
      assertEquals(256 + SECOND / 512, info.firstUnit());
    }
    Path plaintext = folder.resolve("plaintext");
    try (VolumeChannel channel = opener.channel()) {
      Files.copy(Channels.newInputStream(channel), plaintext);
    }
    assertEquals("in a container", DiskTools.mtype(plaintext, SECOND, "B.TXT"));
  }

  @Test
  void anOpenContainerListsItsPartitionsAndMountsOne() throws Exception {
    Path image = disk(false, true);
    DiskTools.put(image, FIRST, "LUKS\u00ba\u00be\0\2".getBytes(StandardCharsets.ISO_8859_1));
    try (OpenContainer container = plain(image).readOnly(false).open()) {
      assertEquals(
          List.of(
              new PartitionInfo(1, "FAT16 (0x0e)", "", FIRST, LENGTH, Optional.of("LUKS2")),
              new PartitionInfo(2, "extended (0x05)", "", 19 * MIB, 28 * MIB, Optional.empty()),
              new PartitionInfo(5, "FAT16 (0x06)", "", SECOND, LENGTH, Optional.of("FAT12"))),
          container.partitions());
      assertEquals(Optional.empty(), container.mountedPartition());
      try (MountedVolume volume = container.mount()) {
        assertEquals("FAT12", volume.type());
        assertEquals(Optional.of(5), container.mountedPartition().map(PartitionInfo::number));
        assertThrows(FileSystemException.class, container::mount);
      }
      container.mount().close();
      assertEquals(SIZE, container.device().size());
    }
    try (OpenContainer container = plain(image).partition(1).open()) {
      assertEquals(1, container.partitions().size());
      assertEquals(1, container.partitions().get(0).number());
    }
  }
}
