package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names that the table of a directory has no room for. */
class LargeDirectoryTest {

  @Test
  void namesBehindTheTableAreFoundAsThoseInIt() throws IOException {
    HandMadeImage image = new HandMadeImage();
    int first = 100;
    int bytes = 3 * HandMadeImage.CLUSTER;
    image.chain(IntStream.range(first, first + 3).toArray());
    image.add(
        HandMadeImage.ROOT,
        HandMadeImage.set(
            "dir", HandMadeImage.DIRECTORY, HandMadeImage.CHAINED, first, bytes, bytes));
    for (int i = 0; i < 100; i++) {
      if (i == 50) {
        image.skip(first, 3, 0x05);
      }
      image.addFile(first, "Name %d ".formatted(i) + "x".repeat(i % 20), 1, 0, 0);
    }
    // One that cannot be used, before one of the same name that can.
    long broken = image.addFile(first, "twice", 1, 0, 0);
    image.put(broken + 2, 0, 2);
    long whole = image.addFile(first, "twice", 1, 0, 0);
    TreeContext context =
        VolumeParts.find(image.device).context(image.device, ExFatVolumes.OPTIONS);
    ExFatDirectory root = context.directories().root();
    DirectoryEntry entry = context.directories().index(root).find("dir");
    DirectorySlots slots =
        context.directories().slots(new ExFatDirectory(root, entry, entry.position()));
    DirectoryIndex large = new DirectoryIndex(slots, context.names());
    DirectoryIndex small = new DirectoryIndex(slots, context.names(), 10);
    for (int i = 0; i < 100; i++) {
      String name = "NAME %d ".formatted(i) + "X".repeat(i % 20);
      assertEquals(large.find(name).position(), small.find(name).position());
      assertEquals("Name " + i, small.find(name).name().substring(0, 5 + ("" + i).length()));
    }
    assertEquals(whole, small.find("Twice").position());
    assertNull(small.find("none"));
  }
}
