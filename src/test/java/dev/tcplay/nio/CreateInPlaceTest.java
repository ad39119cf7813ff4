package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerCreator;
import dev.tcplay.Tcplay;
import dev.tcplay.model.CreatedVolume;
import dev.tcplay.model.Keys;
import dev.tcplay.model.VolumeAttributes;
import dev.tcplay.model.WriteListener;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.LoopDevice;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Containers that are made where something else is. */
class CreateInPlaceTest extends NewContainers {

  private static final int SIZE = 1 << 20;
  private static final String OLD = "what it was before";

  /** Ends the making after so many bytes. */
  private static WriteListener after(long bytes) {
    return (written, total) -> {
      if (written >= bytes) {
        throw new StoppedForTest();
      }
    };
  }

  private static final class StoppedForTest extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private Path oldContainer() throws IOException {
    Path container = folder.resolve("there.hc");
    Tcplay.create(container).size(SIZE).password(OLD).pim(1).quick(true).create();
    return container;
  }

  private static void assertOpensByNeitherHeader(Path container, String password) {
    for (boolean backup : new boolean[] {false, true}) {
      assertThrows(
          WrongPasswordException.class,
          () ->
              Tcplay.open(container)
                  .password(password)
                  .pim(1)
                  .hash("sha512")
                  .cipher("AES")
                  .backupHeader(backup)
                  .mount());
    }
  }

  @Test
  void theFileStaysTheSameFileAndNothingOfTheOldOneIsLeft() throws Exception {
    Path container = oldContainer();
    byte[] before = Files.readAllBytes(container);
    Path link = Files.createLink(folder.resolve("link"), container);
    CreatedVolume made =
        creator(container, 0).inPlace(true).replaceExisting(true).label("new").create();
    assertEquals(new CreatedVolume(SIZE, OptionalLong.empty(), OptionalLong.empty()), made);
    byte[] after = Files.readAllBytes(link);
    for (int at = 0; at < SIZE; at += 512) {
      assertNotEquals(-1, Arrays.mismatch(before, at, at + 512, after, at, at + 512));
      assertTrue(
          Arrays.mismatch(new byte[512], 0, 512, after, at, at + 512) >= 0, "blank at " + at);
    }
    assertOpensByNeitherHeader(container, OLD);
    assertSound(export(opener(container)), "FAT12");
    assertSound(export(opener(container).backupHeader(true)), "FAT12");
    assertEquals(2, names(folder).stream().filter(n -> !n.endsWith(".img")).count());
  }

  @Test
  void whatDoesNotSuitIsRefusedBeforeAnythingIsWritten() throws IOException {
    Path container = oldContainer();
    byte[] before = Files.readAllBytes(container);
    ContainerCreator creator = creator(container, 0).inPlace(true);
    assertThrows(FileAlreadyExistsException.class, creator::create);
    creator.replaceExisting(true);
    assertThrows(IllegalArgumentException.class, () -> creator.size(SIZE - 512).create());
    assertThrows(IllegalArgumentException.class, () -> creator.size(0).resume(true).create());
    assertThrows(IllegalArgumentException.class, () -> creator.resume(false).resumeAt(-1).create());
    assertThrows(IllegalArgumentException.class, () -> creator.resumeAt(SIZE + 512).create());
    assertThrows(IllegalArgumentException.class, () -> creator.resumeAt(0).type("FAT32").create());
    assertArrayEquals(before, Files.readAllBytes(container));
    ContainerCreator missing = creator(folder.resolve("missing"), 0).inPlace(true);
    assertThrows(NoSuchFileException.class, missing::create);
    assertThrows(
        IllegalArgumentException.class,
        () -> creator(folder.resolve("n"), SIZE).resumeAt(1).create());
    Path odd = Files.write(folder.resolve("odd"), new byte[SIZE + 1]);
    assertThrows(
        IllegalArgumentException.class,
        () -> creator(odd, 0).inPlace(true).replaceExisting(true).create());
  }

  @Test
  void aStopLeavesNoContainerAndTheMakingGoesOnFromThere() throws Exception {
    Path container = oldContainer();
    ContainerCreator creator = creator(container, 0).inPlace(true).replaceExisting(true);
    creator.progress((written, total) -> Thread.currentThread().interrupt());
    FileSystemException stopped = assertThrows(FileSystemException.class, creator::create);
    assertTrue(Thread.interrupted());
    assertTrue(
        stopped.getReason().startsWith("holds no container: it is noise up to byte "),
        stopped.getReason());
    assertThrows(StoppedForTest.class, () -> creator.progress(after(SIZE / 2)).create());
    assertOpensByNeitherHeader(container, OLD);
    assertOpensByNeitherHeader(container, PASSWORD);
    byte[] half = Files.readAllBytes(container);
    long[] first = {Long.MAX_VALUE};
    creator
        .resumeAt(SIZE / 2)
        .progress((written, total) -> first[0] = Math.min(first[0], written))
        .create();
    assertTrue(first[0] > SIZE / 2);
    byte[] whole = Files.readAllBytes(container);
    int kept = SIZE / 2 - 65_536;
    assertArrayEquals(
        Arrays.copyOfRange(half, kept, SIZE / 2), Arrays.copyOfRange(whole, kept, SIZE / 2));
    assertSound(export(opener(container)), "FAT12");
  }

  @Test
  void aBlockDeviceIsMadeAContainerWithSectorsOfItsSize() throws Exception {
    Path image = Files.write(folder.resolve("disk.img"), new byte[8 << 20]);
    for (String sector : new String[] {"512", "4096"}) {
      try (LoopDevice loop = LoopDevice.of(image, "--sector-size", sector);
          Keys hidden =
              Keys.builder().password("inside").pim(1).hash("sha512").cipher("AES").build()) {
        ContainerCreator creator = creator(loop.node(), 0).withHidden(2 << 20, hidden);
        assertThrows(FileAlreadyExistsException.class, creator::create);
        creator.replaceExisting(true).create();
        loop.flush();
        VolumeAttributes facts = facts(opener(loop.node()));
        assertEquals(Integer.parseInt(sector), facts.volume().sectorSize());
        assertEquals(
            Integer.parseInt(sector),
            facts(Tcplay.open(loop.node()).keys(hidden)).volume().sectorSize());
        Path volume = export(opener(image));
        assertEquals(0, Judge.run("fsck.fat", "-n", volume.toString()).status());
        byte[] boot = Arrays.copyOf(Files.readAllBytes(volume), 512);
        assertEquals(Integer.parseInt(sector), (boot[11] & 0xFF) | (boot[12] & 0xFF) << 8);
      }
    }
  }

  @Test
  void theLargestHiddenVolumeKeepsToTheSectorsOfTheDevice() throws Exception {
    Path image = folder.resolve("disk.img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(1L << 30);
    }
    try (LoopDevice loop = LoopDevice.of(image, "--sector-size", "4096");
        Keys hidden =
            Keys.builder().password("inside").pim(1).hash("sha512").cipher("AES").build();
        Keys outer =
            Keys.builder().password(PASSWORD).pim(1).hash("sha512").cipher("AES").build()) {
      ContainerCreator creator = creator(loop.node(), 0).quick(true).replaceExisting(true);
      CreatedVolume both = creator.withHidden(Long.MAX_VALUE, hidden).create();
      ContainerCreator within =
          Tcplay.create(loop.node()).hiddenIn(outer).quick(true).replaceExisting(true);
      CreatedVolume measured = within.largest().password("another").pim(1).create();
      assertEquals(measured.largestHidden(), both.hiddenSize());
      assertThrows(IllegalArgumentException.class, () -> within.size((2 << 20) + 512).create());
    }
  }
}
