package dev.tcplay.nio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerCreator;
import dev.tcplay.block.host.HostInUseException;
import dev.tcplay.model.WriteListener;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A making that was stopped, and goes on with what it has left. */
class ResumedCreationTest extends NewContainers {

  private static final long MIB = 1 << 20;
  private static final long SIZE = 150 * MIB;

  private static WriteListener after(long bytes) {
    return (written, total) -> {
      if (written >= bytes) {
        throw new IllegalStateException("stopped");
      }
    };
  }

  @Test
  void whatWasForcedIsKeptAndTheRestIsWrittenAnew() throws Exception {
    Path container = folder.resolve("new.hc");
    Path part = folder.resolve("new.hc.part");
    ContainerCreator creator = creator(container, SIZE).resume(true);
    assertThrows(IllegalStateException.class, () -> creator.progress(after(100 * MIB)).create());
    assertFalse(Files.exists(container));
    assertEquals(100 * MIB, Files.size(part));
    byte[] kept = middle(part);
    long[] first = {Long.MAX_VALUE};
    creator.progress((written, total) -> first[0] = Math.min(first[0], written)).create();
    // The first bytes of all are those of the slots, which may hold a header of the first attempt.
    assertArrayEquals(kept, middle(container));
    assertFalse(Files.exists(part));
    assertSound(export(opener(container)), "FAT32");
    assertSound(export(opener(container).backupHeader(true)), "FAT32");
  }

  /** Returns bytes that are forced long before the stop, and that no file system needs. */
  private static byte[] middle(Path file) throws IOException {
    byte[] bytes = new byte[1 << 16];
    try (FileChannel channel = FileChannel.open(file)) {
      channel.read(java.nio.ByteBuffer.wrap(bytes), 20 * MIB);
    }
    return bytes;
  }

  @Test
  void withoutAWordOfResumingNothingIsLeft() throws IOException {
    ContainerCreator creator = creator(folder.resolve("new.hc"), MIB);
    assertThrows(IllegalStateException.class, () -> creator.progress(after(MIB / 2)).create());
    assertEquals(List.of(), names(folder));
  }

  @Test
  void aPartThatIsTooLongOrInUseIsLeftAlone() throws IOException {
    Path part = Files.write(folder.resolve("new.hc.part"), new byte[(int) MIB + 512]);
    ContainerCreator creator = creator(folder.resolve("new.hc"), MIB).resume(true);
    FileSystemException e = assertThrows(FileSystemException.class, creator::create);
    assertTrue(e.getReason().contains("more than the container shall have"), e.getReason());
    assertArrayEquals(new byte[(int) MIB + 512], Files.readAllBytes(part));
    try (FileChannel other = FileChannel.open(part, StandardOpenOption.WRITE)) {
      other.truncate(MIB);
      other.lock();
      assertThrows(HostInUseException.class, creator::create);
    }
    creator.create();
    facts(opener(folder.resolve("new.hc")));
  }

  @Test
  void aHeaderOfTheFirstAttemptDoesNotOpenTheSecond() throws IOException {
    // All of it was written but the moving to its place.
    Path first = folder.resolve("first.hc");
    creator(first, 2 * MIB).create();
    Files.move(first, folder.resolve("second.hc.part"));
    Path second = folder.resolve("second.hc");
    creator(second, 2 * MIB).resume(true).password("another one").create();
    for (boolean backup : new boolean[] {false, true}) {
      assertThrows(
          dev.tcplay.model.WrongPasswordException.class,
          () -> facts(opener(second).backupHeader(backup)));
      facts(opener(second).password("another one").backupHeader(backup));
    }
    byte[] bytes = Files.readAllBytes(second);
    assertFalse(Arrays.equals(new byte[512], Arrays.copyOf(bytes, 512)));
  }

  @Test
  void whatIsNotNoiseIsNeitherTakenForAPartNorOverwritten() throws IOException {
    Path part = folder.resolve("new.hc.part");
    byte[] text = "a download of somebody\n".repeat(4_000_000).getBytes(US_ASCII);
    Files.write(part, text);
    ContainerCreator creator = creator(folder.resolve("new.hc"), SIZE).resume(true);
    FileSystemException e = assertThrows(FileSystemException.class, creator::create);
    assertTrue(e.getReason().contains("would be noise"), e.getReason());
    assertArrayEquals(text, Files.readAllBytes(part));
  }

  @Test
  void theHoleOfAQuickAttemptIsNotTakenForNoise() throws IOException {
    Path quick = folder.resolve("quick");
    creator(quick, SIZE).quick(true).create();
    Files.move(quick, folder.resolve("new.hc.part"));
    ContainerCreator creator = creator(folder.resolve("new.hc"), SIZE).resume(true);
    assertThrows(FileSystemException.class, creator::create);
    creator.quick(true).create();
    facts(opener(folder.resolve("new.hc")));
  }

  @Test
  void nobodyElseWritesToANewPart() throws IOException {
    Path part = folder.resolve("new.hc.part");
    ContainerCreator other = creator(folder.resolve("new.hc"), MIB).resume(true);
    boolean[] refused = new boolean[1];
    creator(folder.resolve("new.hc"), MIB)
        .resume(true)
        .progress(
            (written, total) -> {
              if (!refused[0] && Files.exists(part)) {
                assertThrows(HostInUseException.class, other::create);
                refused[0] = true;
              }
            })
        .create();
    assertTrue(refused[0]);
    facts(opener(folder.resolve("new.hc")));
  }
}
