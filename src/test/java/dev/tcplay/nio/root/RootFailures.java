package dev.tcplay.nio.root;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** What a program learns of failures of what it has opened below the mount point. */
final class RootFailures {

  private RootFailures() {}

  /** Fills the volume by all channels, each of which names the file as the program knows it. */
  static void check(Path app) throws IOException {
    Path full = app.resolve("full");
    ByteBuffer much = ByteBuffer.allocate(16 << 20);
    try (FileChannel channel = FileChannel.open(full, CREATE, WRITE);
        SeekableByteChannel plain = Files.newByteChannel(full, WRITE);
        OutputStream stream = Files.newOutputStream(full, WRITE)) {
      List<Executable> writings =
          List.of(
              () -> channel.write(much, 0),
              () -> channel.write(new ByteBuffer[] {much}),
              () -> plain.write(much),
              () -> stream.write(much.array()));
      for (Executable writing : writings) {
        assertEquals(full.toString(), assertThrows(FileSystemException.class, writing).getFile());
        much.clear();
      }
      try (FileLock lock = channel.lock()) {
        assertEquals(channel, lock.acquiredBy());
        assertTrue(lock.isValid());
      }
      channel.truncate(0);
      assertEquals(0, channel.position());
    }
    var view = Files.getFileAttributeView(full, BasicFileAttributeView.class);
    assertTrue(view.readAttributes().isRegularFile());
    Files.delete(full);
    var gone = assertThrows(NoSuchFileException.class, view::readAttributes);
    assertEquals(full.toString(), gone.getFile());
  }

  /** The channel inside is closed by the interrupt, and so is the one that the program has. */
  static void checkInterrupt(Path app) throws IOException {
    try (FileChannel channel = FileChannel.open(app.resolve("hello"))) {
      Thread.currentThread().interrupt();
      assertThrows(ClosedByInterruptException.class, () -> channel.read(ByteBuffer.allocate(1)));
      assertTrue(Thread.interrupted());
      assertFalse(channel.isOpen());
    }
  }
}
