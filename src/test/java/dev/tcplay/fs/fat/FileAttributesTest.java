package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.OpenNode;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times and attributes of files, set and by writing: section E of the rules. */
class FileAttributesTest {

  private static FileTime time(String instant) {
    return FileTime.from(Instant.parse(instant));
  }

  @Test
  void attributesAreNotThoseOfBeforeTheLookup() throws Exception {
    try (WritableVolume disk = WritableVolume.of("FAT16")) {
      Node first = disk.file("/first", (byte) 1);
      disk.volume().change(first, AttributeChange.NONE.withArchive(false));
      disk.file("/second", (byte) 1);
      OpenNode open = disk.volume().open(disk.find("/second"));
      open.write(0, new byte[700], 0, 700);
      Node found = disk.find("/second");
      DirectoryCursor cursor = disk.volume().list(disk.volume().root());
      assertEquals("first", cursor.next().name());
      // Neither the node nor what the cursor read ahead is that of a moment when this was on disk.
      open.close();
      assertEquals(700, disk.volume().attributes(found).size());
      assertEquals(700, disk.volume().attributes(cursor.next().node()).size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT32"})
  void timesAreKeptAsFarAsTheDiskHasThem(String type) throws Exception {
    try (WritableVolume disk = WritableVolume.of(type)) {
      Node file = disk.file("/file");
      disk.volume()
          .change(
              file,
              AttributeChange.NONE.withTimes(
                  time("2021-03-04T05:06:07.899Z"),
                  time("2022-07-08T09:10:11Z"),
                  time("2020-01-02T03:04:05.678Z")));
      NodeAttributes set = disk.volume().attributes(disk.find("/file"));
      assertEquals(time("2021-03-04T05:06:06Z"), set.modified().orElseThrow());
      assertEquals(time("2022-07-08T00:00:00Z"), set.accessed().orElseThrow());
      assertEquals(time("2020-01-02T03:04:05.670Z"), set.created().orElseThrow());
      disk.volume()
          .change(file, AttributeChange.NONE.withTimes(time("1970-01-01T00:00:00Z"), null, null));
      NodeAttributes early = disk.volume().attributes(disk.find("/file"));
      assertEquals(time("1980-01-01T00:00:00Z"), early.modified().orElseThrow());
      assertEquals(set.created().orElseThrow(), early.created().orElseThrow());
      disk.volume()
          .change(file, AttributeChange.NONE.withTimes(time("2200-01-01T00:00:00Z"), null, null));
      NodeAttributes late = disk.volume().attributes(disk.find("/file"));
      assertEquals(time("2107-12-31T23:59:58Z"), late.modified().orElseThrow());
      disk.closeAndCheck();
    }
  }

  @Test
  void writingSetsTheTimeAndTheArchiveAttributeAndASetTimeStays() throws Exception {
    try (WritableVolume disk = WritableVolume.of("FAT16")) {
      Node file = disk.file("/file", (byte) 1);
      FileTime past = time("2001-01-01T00:00:00Z");
      disk.volume().change(file, AttributeChange.NONE.withTimes(past, null, null));
      disk.volume().change(file, AttributeChange.NONE.withArchive(false));
      try (OpenNode open = disk.volume().open(file)) {
        byte[] bytes = new byte[1];
        assertEquals(1, open.read(0, bytes, 0, 1));
      }
      assertEquals(Optional.of(past), disk.volume().attributes(disk.find("/file")).modified());
      try (OpenNode open = disk.volume().open(file)) {
        open.write(0, new byte[] {2}, 0, 1);
        NodeAttributes now = disk.volume().attributes(disk.find("/file"));
        assertTrue(now.modified().orElseThrow().compareTo(past) > 0);
        assertTrue(now.dos().orElseThrow().isArchive());
        disk.volume().change(file, AttributeChange.NONE.withTimes(past, null, null));
      }
      NodeAttributes after = disk.volume().attributes(disk.find("/file"));
      assertEquals(Optional.of(past), after.modified());
      assertTrue(after.dos().orElseThrow().isArchive());
    }
  }
}
