package dev.tcplay.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A file of headers or of keys, its owner's alone where the host knows permissions. */
public final class OwnersFile {

  private OwnersFile() {}

  /**
   * Writes a file beside its place and moves it there when it is whole and on the storage.
   *
   * @param replace whether a file of that name is replaced
   * @throws FileAlreadyExistsException if there is one and it is not to be replaced
   * @throws IOException if it cannot be written; the place is then as it was
   */
  public static void write(Path file, byte[] contents, boolean replace) throws IOException {
    if (!replace && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    try (UnfinishedFile unfinished = UnfinishedFile.beside(file)) {
      try (SeekableByteChannel channel = unfinished.open()) {
        ByteBuffer bytes = ByteBuffer.wrap(contents);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        UnfinishedFile.force(channel);
      }
      unfinished.moveToPlace(replace);
    } catch (IOException e) {
      throw HostFailure.named(file.toString(), e);
    }
  }
}
