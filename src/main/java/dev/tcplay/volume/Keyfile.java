package dev.tcplay.volume;

import dev.tcplay.block.host.FileDevice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Something to mix into a password: a file, the files of a directory, or bytes of the caller. */
sealed interface Keyfile {

  /** Mixes this keyfile into a pool. */
  void mixInto(KeyfilePool pool) throws IOException;

  /**
   * A file, or a directory whose regular files count, except those whose names begin with a dot.
   */
  record OnDisk(Path path) implements Keyfile {

    @Override
    public void mixInto(KeyfilePool pool) throws IOException {
      if (!Files.isDirectory(path)) {
        mixFile(path, pool);
        return;
      }
      boolean empty = true;
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, OnDisk::counts)) {
        for (Path entry : entries) {
          mixFile(entry, pool);
          empty = false;
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
      if (empty) {
        throw new FileSystemException(path.toString(), null, "no keyfile in the directory");
      }
    }

    private static boolean counts(Path entry) {
      return !entry.getFileName().toString().startsWith(".") && Files.isRegularFile(entry);
    }

    private static void mixFile(Path file, KeyfilePool pool) throws IOException {
      // By our devices: a folder of keyfiles may hold a container that is open.
      try (InputStream bytes = FileDevice.newInputStream(file)) {
        if (!pool.mix(bytes)) {
          throw new FileSystemException(file.toString(), null, "keyfile is empty");
        }
      }
    }
  }

  /** The content of a keyfile, at least one byte, which somebody else wipes. */
  final class InMemory implements Keyfile {

    private final byte[] bytes;

    InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void mixInto(KeyfilePool pool) throws IOException {
      pool.mix(new ByteArrayInputStream(bytes));
    }
  }
}
