package dev.tcplay.volume;

import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostInUseException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that is written beside its place, its owner's alone where the host knows permissions, and
 * moved there when it is whole. Closing deletes what was not moved, unless it is to be kept.
 */
final class UnfinishedFile implements Closeable {

  private final Path place;
  private final Path path;
  private final boolean kept;
  private boolean moved;

  private UnfinishedFile(Path place, Path path, boolean kept) {
    this.place = place;
    this.path = path;
    this.kept = kept;
  }

  /** Begins a file under a name that nobody else uses. */
  static UnfinishedFile beside(Path place) {
    String suffix = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    Path path = place.resolveSibling("." + place.getFileName() + "." + suffix + ".tmp");
    return new UnfinishedFile(place, path, false);
  }

  /** Begins a file, or goes on with the one of an earlier attempt; a failure leaves it there. */
  static UnfinishedFile keptBeside(Path place) {
    return new UnfinishedFile(place, partOf(place), true);
  }

  /** Returns where a file that is kept is written until it is whole. */
  static Path partOf(Path place) {
    return place.resolveSibling(place.getFileName() + ".part");
  }

  /** Returns where it is until it is moved. */
  Path path() {
    return path;
  }

  /**
   * Opens it for writing, new unless an earlier attempt has left it.
   *
   * @throws HostInUseException if another process goes on with it
   */
  SeekableByteChannel open() throws IOException {
    if (!kept) {
      return FileDevice.createFile(path);
    }
    SeekableByteChannel channel =
        Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
            ? Files.newByteChannel(path, StandardOpenOption.READ, StandardOpenOption.WRITE)
            : FileDevice.createFile(path);
    if (channel instanceof FileChannel file && !isOurs(file)) {
      channel.close();
      throw new HostInUseException(path.toString(), "it is being written by somebody else");
    }
    return channel;
  }

  private static boolean isOurs(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Brings what was written to a channel to the storage. */
  static void force(SeekableByteChannel channel) throws IOException {
    if (channel instanceof FileChannel file) {
      file.force(true);
    }
  }

  /**
   * Moves the file to its place, all of it being on the storage; where directories can be forced,
   * its name is there afterwards, too.
   *
   * @param replace whether a file of that name is replaced
   * @throws FileAlreadyExistsException if there is one and it is not to be replaced
   */
  void moveToPlace(boolean replace) throws IOException {
    CopyOption[] options =
        replace ? new CopyOption[] {StandardCopyOption.REPLACE_EXISTING} : new CopyOption[0];
    Files.move(path, place, options);
    moved = true;
    forceFolder();
  }

  /** Whoever writes over a header by reason of its copy must find the copy after a power cut. */
  private void forceFolder() {
    Path folder = place.toAbsolutePath().getParent();
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    } catch (IOException | UnsupportedOperationException e) {
      // As on Windows, which opens no directory.
    }
  }

  /** Takes over who may use the file that is to be replaced, if there is one. */
  void takePermissions() throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view != null && Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
      view.setPermissions(Files.getPosixFilePermissions(place, LinkOption.NOFOLLOW_LINKS));
    }
  }

  /** An interrupt that has ended the writing must not keep the file. */
  @Override
  public void close() throws IOException {
    if (kept || moved) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      Files.deleteIfExists(path);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
