package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.Spool;
import dev.tcplay.block.host.SpoolSpace;
import dev.tcplay.fs.CorruptFileSystemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A packed volume, unpacked into a spool: all streams that follow each other, with zeros between
 * them or not. What follows behind the last is no part of it, as for the tools that pack.
 *
 * @param spool the unpacked bytes
 * @param name the name that the first stream has for them, null if it has none
 * @param damage why not all could be unpacked, null if they could
 */
record Unpacked(Spool spool, @Nullable String name, @Nullable String damage) {

  private static final int BUFFER = 1 << 14;

  /**
   * Unpacks a volume.
   *
   * @throws CorruptFileSystemException if there is nothing that can be unpacked
   * @throws IOException if the device fails, or there is no room for what is unpacked
   */
  static Unpacked of(BlockDevice volume, Packing packing, SpoolSpace space) throws IOException {
    Spool spool = space.spool();
    byte[] buffer = new byte[BUFFER];
    String name = null;
    long position = 0;
    try {
      while (position >= 0) {
        DeviceStream packed = new DeviceStream(volume, position, volume.size() - position, BUFFER);
        String what = "the " + packing.suffix() + " stream at byte " + position;
        InputStream unpacked = Guarded.call(packed, what, () -> packing.unpack(packed));
        if (position == 0) {
          name = packing.name(unpacked);
        }
        try (unpacked) {
          copy(packed, what, unpacked, buffer, spool);
        }
        position = next(volume, packing, packed.position());
      }
      return new Unpacked(spool, name, null);
    } catch (CorruptFileSystemException e) {
      if (spool.size() == 0) {
        throw e;
      }
      return new Unpacked(spool, name, e.getReason());
    } finally {
      Arrays.fill(buffer, (byte) 0);
    }
  }

  private static void copy(
      DeviceStream packed, String what, InputStream unpacked, byte[] buffer, Spool spool)
      throws IOException {
    int count = 0;
    while (count >= 0) {
      count = Guarded.call(packed, what, () -> unpacked.read(buffer, 0, buffer.length));
      if (count > 0) {
        spool.append(buffer, 0, count);
      }
    }
  }

  /** Returns where a further stream begins, -1 if none follows. */
  private static long next(BlockDevice volume, Packing packing, long end) throws IOException {
    byte[] head = new byte[Format.HEAD_BYTES];
    long position = end;
    while (position < volume.size() && position - end <= ZipEnd.MOST_ZEROS) {
      int length = (int) Math.min(head.length, volume.size() - position);
      volume.read(position, head, 0, length);
      int zeros = 0;
      while (zeros < length && head[zeros] == 0) {
        zeros++;
      }
      if (zeros == 0) {
        return Packing.of(Arrays.copyOf(head, length)) == packing ? position : -1;
      }
      position += zeros;
    }
    return -1;
  }
}
