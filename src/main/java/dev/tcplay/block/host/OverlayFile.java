package dev.tcplay.block.host;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.SnapshotDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the files in which snapshots keep what is written to them. */
public final class OverlayFile {

  private OverlayFile() {}

  /**
   * Makes a snapshot with its overlay in a new file, which is its owner's alone and sparse where
   * the file's provider can; closing it closes {@code origin} and deletes the file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is such a file
   */
  public static SnapshotDevice snapshot(BlockDevice origin, Path file) throws IOException {
    try (SeekableByteChannel channel = FileDevice.createFile(file)) {
      if (origin.size() > 0) {
        channel.position(origin.size() - 1).write(ByteBuffer.allocate(1));
      }
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      throw cleanUp(file, e);
    }
    try {
      return SnapshotDevice.over(
          origin, FileDevice.open(file, HostOpen.writing()), () -> Files.delete(file));
    } catch (IOException e) {
      throw cleanUp(file, e);
    }
  }

  /** Deletes the file that could not be made; returns why. */
  private static IOException cleanUp(Path file, IOException failure) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }
}
