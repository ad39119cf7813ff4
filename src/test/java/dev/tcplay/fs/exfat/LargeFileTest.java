package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A file larger than FAT's largest, of which every byte is written, is sound in every state. */
class LargeFileTest {

  private static final long GIB = 1L << 30;
  private static final int PIECE = 1 << 20;

  private static MemoryDevice formatted(long bytes) throws IOException {
    MemoryDevice device = new MemoryDevice(bytes);
    new ExFatDriver().format(device, FormatOptions.DEFAULT);
    return device;
  }

  /** Zeros take no room on this disk, so that gibibytes of them may be written. */
  @Test
  void aFileOf5GibibytesIsWrittenReadAndCutOff() throws IOException {
    MemoryDevice device = formatted(8 * GIB);
    byte[] start = random(1);
    byte[] end = random(2);
    try (MountedVolume volume = ExFatVolumes.mount(device)) {
      long free = volume.space().freeBytes();
      Node made = volume.create(volume.root(), "large", NodeType.FILE, AttributeChange.NONE);
      try (OpenNode file = volume.open(made)) {
        byte[] zeros = new byte[4 * PIECE];
        for (long at = 0; at < 5 * GIB; at += zeros.length) {
          file.write(at, zeros, 0, zeros.length);
        }
        file.write(0, start, 0, PIECE);
        file.write(5 * GIB - PIECE, end, 0, PIECE);
      }
      assertTrue(volume.space().freeBytes() <= free - 5 * GIB);
    }
    assertSound(device);
    try (MountedVolume volume = ExFatVolumes.mount(device)) {
      Node large = volume.lookup(volume.root(), "large");
      assertEquals(5 * GIB, volume.attributes(large).size());
      try (OpenNode file = volume.open(large)) {
        assertPiece(start, file, 0);
        assertPiece(new byte[PIECE], file, 4 * GIB + 12345);
        assertPiece(end, file, 5 * GIB - PIECE);
        file.truncate(4 * GIB + 7);
        assertEquals(4 * GIB + 7, file.size());
        file.append(end, 0, PIECE);
        assertPiece(end, file, 4 * GIB + 7);
      }
    }
    assertSound(device);
    try (MountedVolume volume = ExFatVolumes.mount(device)) {
      Node large = volume.lookup(volume.root(), "large");
      assertEquals(4 * GIB + 7 + PIECE, volume.attributes(large).size());
      try (OpenNode file = volume.open(large)) {
        assertPiece(start, file, 0);
        assertPiece(end, file, 4 * GIB + 7);
        file.truncate(10);
      }
      assertArrayEquals(Arrays.copyOf(start, 10), Walk.read(volume, "/large"));
      volume.delete(volume.lookup(volume.root(), "large"));
    }
    assertSound(device);
  }

  private static byte[] random(int seed) {
    byte[] bytes = new byte[PIECE];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static void assertPiece(byte[] expected, OpenNode file, long at) throws IOException {
    byte[] found = new byte[expected.length];
    for (int done = 0; done < found.length; ) {
      int n = file.read(at + done, found, done, found.length - done);
      assertTrue(n > 0, "the end of the file");
      done += n;
    }
    assertArrayEquals(expected, found);
  }

  private static void assertSound(MemoryDevice device) throws IOException {
    List<Finding> findings = new ArrayList<>();
    new ExFatDriver().check(device, MountOptions.DEFAULT, findings::add);
    assertEquals(List.of(), findings);
  }
}
