package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.WriteListener;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a host in which a volume grows; all that is written is on the storage at the end of
 * each call.
 *
 * @param length gives the host another length, null if it must keep the one that it has
 * @param progress who learns how far the new bytes are written, null for nobody
 */
public record ExpandingHost(@Nullable HostLength length, @Nullable WriteListener progress) {

  /** Makes the host longer if it is shorter, and fills a range up to its end with noise. */
  void fill(BlockDevice host, long from, long size, SecureRandom random) throws IOException {
    if (size > host.size()) {
      if (length == null) {
        throw new FileSystemException(
            null,
            null,
            "it is part of a disk, or a device, which has %d bytes and is not made longer here"
                .formatted(host.size()));
      }
      length.set(size);
    }
    try (Noise noise = new Noise(random)) {
      new NoiseWriter(NoiseWriter.on(host), noise, from, size - from, progress).write(from, size);
    }
  }

  /** Copies a slot as it stands, since what is in it is nobody's to know, and compares. */
  void copy(BlockDevice host, long from, long to) throws IOException {
    byte[] slot = new byte[TrueCryptLayout.SLOT];
    host.read(from, slot, 0, slot.length);
    host.write(to, slot, 0, slot.length);
    host.flush();
    byte[] copy = new byte[TrueCryptLayout.SLOT];
    host.read(to, copy, 0, copy.length);
    if (!Arrays.equals(slot, copy)) {
      throw new FileSystemException(null, null, "what was written is not what is read");
    }
  }

  /** Overwrites the old place of the backups as often as headers are. */
  void overwrite(BlockDevice host, long at, SecureRandom random) throws IOException {
    SlotWriter writer = new SlotWriter(host, random);
    writer.wipe(at);
    writer.wipe(at + TrueCryptLayout.SLOT);
  }

  /**
   * Gives the host its old length back, and says what it is like then.
   *
   * @param failure what has ended the growth; thrown by the caller if all is as it was and nobody
   *     needs to be told
   * @throws FileSystemException that tells the state
   */
  void undo(String hostName, long before, long now, Throwable failure) throws FileSystemException {
    String state = "the volume is as it was";
    if (now != before && length != null) {
      try {
        length.set(before);
      } catch (IOException e) {
        failure.addSuppressed(e);
        state += ", but the file is %d bytes long now".formatted(now);
      }
    }
    if (failure instanceof IOException cause) {
      throw HostFailure.of(hostName, state, cause);
    }
  }
}
