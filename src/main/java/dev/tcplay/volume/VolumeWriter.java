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
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Writes a new volume from its first byte to its last: header, data, backup header if there is one.
 * What no header fills in the slots is noise; so are the places of hidden headers, which without
 * their password nobody can tell from a header.
 */
final class VolumeWriter {

  private static final int UNIT = DataUnitCipher.DATA_UNIT;

  private final NewVolume volume;
  private final List<byte[]> headers;
  private final DataUnitCipher data;
  private final Noise noise;
  private final boolean quick;
  private final @Nullable WriteListener progress;
  private final byte[] chunk = new byte[Noise.MAX_BYTES];

  /**
   * Makes a writer; the caller closes the ciphers.
   *
   * @param headers the encrypted header, and the same under another salt if the volume has a backup
   * @param quick whether to leave a hole where there would be noise
   * @param progress who learns how far it has come, null for nobody
   */
  VolumeWriter(
      NewVolume volume,
      List<byte[]> headers,
      DataUnitCipher data,
      Noise noise,
      boolean quick,
      @Nullable WriteListener progress) {
    this.volume = volume;
    this.headers = headers;
    this.data = data;
    this.noise = noise;
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

  /** Returns a place beside a file for what is to replace it once it is whole. */
  static Path sibling(Path file) {
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
        BlockDevice area = new LinearDevice(host, volume.dataStart(), volume.dataLength());
        BlockDevice plaintext = new CryptDevice(area, data, volume.firstUnit())) {
      filling.fill(plaintext);
      plaintext.flush();
    }
  }

  private void writeAll(SeekableByteChannel host, @Nullable Path contents) throws IOException {
    writeHeader(host, headers.get(0));
    if (contents != null) {
      writeData(host, contents);
    }
    if (quick && host.position() < volume.holeEnd()) {
      host.position(volume.holeEnd());
    }
    writeNoise(host, volume.dataEnd());
    if (volume.hasSlots()) {
      writeHeader(host, headers.get(1));
    }
    if (host instanceof FileChannel channel) {
      channel.force(true);
    }
  }

  /** Writes a header and, where it has a slot, noise to the end of both slots. */
  private void writeHeader(SeekableByteChannel host, byte[] header) throws IOException {
    long end = host.position() + TrueCryptLayout.SLOTS;
    System.arraycopy(header, 0, chunk, 0, header.length);
    writeChunk(host, header.length);
    if (volume.hasSlots()) {
      writeNoise(host, end);
    }
  }

  private void writeNoise(SeekableByteChannel host, long end) throws IOException {
    while (host.position() < end) {
      int n = (int) Math.min(chunk.length, end - host.position());
      noise.fill(host.position(), chunk, n);
      writeChunk(host, n);
    }
  }

  /** Writes the contents, filled up to a unit with zeros. */
  private void writeData(SeekableByteChannel host, Path contents) throws IOException {
    long end = volume.dataEnd();
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
        long unit = volume.firstUnit() + (position - volume.dataStart()) / UNIT;
        data.encrypt(unit, chunk, 0, chunk, 0, units);
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
      progress.written(host.position(), volume.total());
    }
  }
}
