package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Contents and times of files, as they are read. */
class FileReadingTest {

  private final FatImage image = new FatImage(FatType.FAT16);

  FileReadingTest() throws IOException {}

  @Test
  void filesAreReadFromAnyPlace() throws IOException {
    byte[] bytes = new byte[5 * 512 - 100];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    int[] chain = {20, 21, 30, 29, 40};
    image.chain(chain);
    for (int i = 0; i < chain.length; i++) {
      image.device.write(image.position(chain[i]), bytes, i * 512, Math.min(512, 2460 - i * 512));
    }
    image.add(0, "FILE       ", 0, 20, bytes.length);
    MountedVolume volume = image.mount();
    assertArrayEquals(bytes, Walk.read(volume, "FILE"));
    try (var open = volume.open(Walk.find(volume, "FILE"))) {
      for (int position = 0; position < bytes.length; position += 97) {
        byte[] part = new byte[700];
        int n = open.read(position, part, 50, 600);
        assertEquals(Math.min(600, bytes.length - position), n);
        for (int i = 0; i < n; i++) {
          assertEquals(bytes[position + i], part[50 + i]);
        }
      }
      assertEquals(-1, open.read(bytes.length, new byte[1], 0, 1));
      assertEquals(0, open.read(bytes.length, new byte[1], 0, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> open.read(0, new byte[4], 2, 3));
    }
  }

  @Test
  void timesAreLocalInTheZoneOfTheMount() throws IOException {
    long at = image.add(0, "FILE       ", 0, 0, 0);
    image.put(at + 13, 150, 1);
    image.put(at + 14, 10 << 11 | 20 << 5 | 15, 2);
    image.put(at + 16, 41 << 9 | 7 << 5 | 3, 2);
    image.put(at + 18, 41 << 9 | 7 << 5 | 4, 2);
    image.put(at + 22, 11 << 11 | 20 << 5 | 15, 2);
    image.put(at + 24, 41 << 9 | 7 << 5 | 5, 2);
    MountOptions options =
        MountOptions.DEFAULT
            .withReadOnly(true)
            .withZone(ZoneId.of("Europe/Berlin"))
            .withCodePage(Charset.forName("IBM437"));
    MountedVolume volume = new FatDriver().mount(image.device, options);
    NodeAttributes attributes = volume.attributes(Walk.find(volume, "FILE"));
    assertEquals("2021-07-03T08:20:31.5Z", attributes.created().orElseThrow().toString());
    assertEquals("2021-07-05T09:20:30Z", attributes.modified().orElseThrow().toString());
    assertEquals("2021-07-03T22:00:00Z", attributes.accessed().orElseThrow().toString());
    assertEquals(
        "1979-12-31T23:00:00Z",
        volume.attributes(volume.root()).modified().orElseThrow().toString());
  }

  @Test
  void manyThreadsReadAtOnce() throws Exception {
    for (int i = 0; i < 16; i++) {
      image.addLong(0, "file number " + i, String.format("FILE%-7d", i), 0, 100 + 2 * i, 1024);
      image.chain(100 + 2 * i, 101 + 2 * i);
      image.put(image.position(100 + 2 * i), i, 1);
      image.put(image.position(101 + 2 * i), ~i, 1);
    }
    MountedVolume volume = image.mount();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        results.add(threads.submit(() -> readEverything(volume)));
      }
      for (Future<Integer> result : results) {
        assertEquals(16 * 200, result.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static int readEverything(MountedVolume volume) throws IOException {
    int files = 0;
    for (int round = 0; round < 200; round++) {
      for (String name : Walk.names(volume, "/")) {
        int number = Integer.parseInt(name.substring("file number ".length()));
        byte[] bytes = Walk.read(volume, name);
        assertEquals(number, bytes[0]);
        assertEquals(~number, bytes[512]);
        files++;
      }
    }
    return files;
  }
}
