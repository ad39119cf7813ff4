package dev.tcplay.volume;

import dev.tcplay.block.host.FileDevice;
import dev.tcplay.model.KeyfileSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Something to mix into a password: a file, the files of a directory, bytes of the caller, or of a
 * token.
 */
sealed interface Keyfile {

  /** Why a keyfile without bytes is refused. */
  String EMPTY = "keyfile is empty";

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
      for (Path file : Folder.read(path).counted()) {
        mixFile(file, pool);
      }
    }

    private static void mixFile(Path file, KeyfilePool pool) throws IOException {
      // By our devices: a folder of keyfiles may hold a container that is open.
      try (InputStream bytes = FileDevice.newInputStream(file)) {
        if (!pool.mix(bytes)) {
          throw new FileSystemException(file.toString(), null, EMPTY);
        }
      }
    }
  }

  /**
   * What is in a folder of keyfiles.
   *
   * @param counted the files that count, at least one, sorted
   * @param skipped what does not count: names that begin with a dot, and what is no regular file
   */
  record Folder(List<Path> counted, List<Path> skipped) {

    /**
     * Reads a folder.
     *
     * @throws FileSystemException if no file in it counts
     */
    static Folder read(Path folder) throws IOException {
      List<Path> counted = new ArrayList<>();
      List<Path> skipped = new ArrayList<>();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path entry : entries) {
          boolean hidden = entry.getFileName().toString().startsWith(".");
          (hidden || !Files.isRegularFile(entry) ? skipped : counted).add(entry);
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
      if (counted.isEmpty()) {
        throw new FileSystemException(folder.toString(), null, "no keyfile in the directory");
      }
      Collections.sort(counted);
      Collections.sort(skipped);
      return new Folder(counted, skipped);
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

  /** What a token or the like gives; it is asked each time, and what it gave is wiped at once. */
  record Supplied(KeyfileSource source) implements Keyfile {

    @Override
    public void mixInto(KeyfilePool pool) throws IOException {
      byte[] contents = source.read();
      try {
        pool.mix(new ByteArrayInputStream(contents));
      } finally {
        Arrays.fill(contents, (byte) 0);
      }
    }
  }
}
