package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.CryptDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.crypto.DataUnitCipher;
import dev.tcplay.model.WriteListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Writes a new volume from its first byte to its last: header, data, backup header. What no header
 * fills in the slots is noise; so are the slots of hidden headers, which without their password
 * nobody can tell from a header.
 */
final class VolumeWriter {

  private static final int UNIT = DataUnitCipher.DATA_UNIT;

  private final byte[] header;
  private final byte[] backup;
  private final DataUnitCipher data;
  private final Noise noise;
  private final long total;
  private final boolean quick;
  private final @Nullable WriteListener progress;
  private final byte[] chunk = new byte[Noise.MAX_BYTES];

  /**
   * Makes a writer; the caller closes the ciphers.
   *
   * @param header the encrypted header
   * @param backup the same under another salt
   * @param total bytes of the whole volume
   * @param quick whether to leave a hole where there would be noise
   * @param progress who learns how far it has come, null for nobody
   */
  VolumeWriter(
      byte[] header,
      byte[] backup,
      DataUnitCipher data,
      Noise noise,
      long total,
      boolean quick,
      @Nullable WriteListener progress) {
    this.header = header;
    this.backup = backup;
    this.data = data;
    this.noise = noise;
    this.total = total;
    this.quick = quick;
    this.progress = progress;
  }

  /** Writes the volume beside a file, for its owner alone, and moves it into place. */
  void write(
      Path file,
      @Nullable Path contents,
      VolumeBuilder.@Nullable Filling filling,
      boolean replaceExisting)
      throws IOException {
    Path unfinished = sibling(file);
    CopyOption[] options =
        replaceExisting
            ? new CopyOption[] {StandardCopyOption.REPLACE_EXISTING}
            : new CopyOption[0];
    SeekableByteChannel channel = FileDevice.createFile(unfinished);
    try {
      try (SeekableByteChannel host = channel) {
        writeAll(host, contents);
      }
      if (filling != null) {
        fill(unfinished, filling);
      }
      if (replaceExisting) {
        takePermissions(file, unfinished);
      }
      Files.move(unfinished, file, options);
    } catch (IOException | RuntimeException | Error e) {
      delete(unfinished, e);
      throw e;
    } finally {
      Arrays.fill(chunk, (byte) 0);
    }
  }

  /** An interrupt that has ended the writing must not keep the file. */
  private static void delete(Path unfinished, Throwable failure) {
    boolean interrupted = Thread.interrupted();
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path sibling(Path file) {
    String suffix = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    return file.resolveSibling("." + file.getFileName() + "." + suffix + ".tmp");
  }

  /** Who may use the container that is replaced may use the new one, and nobody else. */
  private static void takePermissions(Path old, Path made) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(made, PosixFileAttributeView.class);
    if (view != null && Files.isRegularFile(old, LinkOption.NOFOLLOW_LINKS)) {
      view.setPermissions(Files.getPosixFilePermissions(old, LinkOption.NOFOLLOW_LINKS));
    }
  }

  /** Has the data area written to by others; the caller's cipher is of no use afterwards. */
  private void fill(Path unfinished, VolumeBuilder.Filling filling) throws IOException {
    // Nobody else knows the file, so it needs no lock.
    try (BlockDevice host = FileDevice.open(unfinished, HostOpen.writing().unlocked());
        BlockDevice area =
            new LinearDevice(host, TrueCryptLayout.SLOTS, total - 2 * TrueCryptLayout.SLOTS);
        BlockDevice plaintext = new CryptDevice(area, data, TrueCryptLayout.SLOTS / UNIT)) {
      filling.fill(plaintext);
      plaintext.flush();
    }
  }

  private void writeAll(SeekableByteChannel host, @Nullable Path contents) throws IOException {
    writeSlots(host, header);
    if (contents != null) {
      writeData(host, contents);
    }
    long end = total - TrueCryptLayout.SLOTS;
    if (quick) {
      host.position(end);
    }
    while (host.position() < end) {
      int n = (int) Math.min(chunk.length, end - host.position());
      noise.fill(host.position(), chunk, n);
      writeChunk(host, n);
    }
    writeSlots(host, backup);
    if (host instanceof FileChannel channel) {
      channel.force(true);
    }
  }

  /** Writes a header, noise to the end of its slot, and the slot of a hidden header. */
  private void writeSlots(SeekableByteChannel host, byte[] first) throws IOException {
    noise.fill(host.position(), chunk, TrueCryptLayout.SLOT);
    System.arraycopy(first, 0, chunk, 0, first.length);
    writeChunk(host, TrueCryptLayout.SLOT);
    noise.fill(host.position(), chunk, TrueCryptLayout.SLOT);
    writeChunk(host, TrueCryptLayout.SLOT);
  }

  /** Writes the contents, filled up to a unit with zeros. */
  private void writeData(SeekableByteChannel host, Path contents) throws IOException {
    long end = total - TrueCryptLayout.SLOTS;
    try (InputStream plaintext = FileDevice.newInputStream(contents)) {
      int n;
      while ((n = plaintext.readNBytes(chunk, 0, chunk.length)) > 0) {
        long position = host.position();
        if (n > end - position) {
          throw new FileSystemException(
              contents.toString(), null, "has more bytes than when the size of the volume was set");
        }
        int units = (n + UNIT - 1) / UNIT * UNIT;
        Arrays.fill(chunk, n, units, (byte) 0);
        data.encrypt(position / UNIT, chunk, 0, chunk, 0, units);
        writeChunk(host, units);
      }
    }
  }

  private void writeChunk(SeekableByteChannel host, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, length);
    while (bytes.hasRemaining()) {
      host.write(bytes);
    }
    if (progress != null) {
      progress.written(host.position(), total);
    }
  }
}
