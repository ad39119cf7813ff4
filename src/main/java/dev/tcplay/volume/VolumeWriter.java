package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.model.WriteListener;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes new volumes: noise first, then what is in them, and their headers last, so that what is
 * not whole opens by no password. What no header fills in the slots stays noise; so do the places
 * of hidden headers, which without their password nobody can tell from a header.
 *
 * @param volumes the one to write, or a normal volume and the hidden one in it
 * @param quick whether to leave what is there, or a hole, where there would be noise
 * @param random where noise comes from
 * @param progress who learns how far the noise has come, null for nobody
 */
record VolumeWriter(
    List<SealedVolume> volumes,
    boolean quick,
    SecureRandom random,
    @Nullable WriteListener progress) {

  private NewVolume first() {
    return volumes.get(0).volume();
  }

  private long total() {
    return first().total();
  }

  private long slots() {
    return Math.min(TrueCryptLayout.SLOTS, total() / 2);
  }

  /**
   * Writes a new file beside its place, for its owner alone, and moves it there.
   *
   * @param replace whether a file of that name is replaced
   * @param resume whether to go on with what an earlier attempt has left, and to leave it again
   * @throws FileSystemException if what was left is longer than the new file, or no noise
   */
  void toFile(Path place, boolean replace, boolean resume) throws IOException {
    try (UnfinishedFile file =
        resume ? UnfinishedFile.keptBeside(place) : UnfinishedFile.beside(place)) {
      try (SeekableByteChannel channel = file.open()) {
        fillFile(file.path(), channel);
      }
      // Nobody knows the name of what is not to be kept, so that needs no lock.
      HostOpen how = HostOpen.writing();
      try (BlockDevice host = FileDevice.open(file.path(), resume ? how : how.unlocked())) {
        finish(host);
      }
      if (replace) {
        file.takePermissions();
      }
      file.moveToPlace(replace);
    } catch (IOException e) {
      throw HostFailure.named(place.toString(), e);
    }
  }

  private void fillFile(Path path, SeekableByteChannel channel) throws IOException {
    long length = Files.size(path);
    if (length > total()) {
      throw new FileSystemException(
          path.toString(),
          null,
          "has %d bytes already, more than the container shall have; delete it to begin anew"
              .formatted(length));
    }
    try (Noise noise = new Noise(random)) {
      NoiseWriter writer = new NoiseWriter(NoiseWriter.on(channel), noise, 0, total(), progress);
      if (quick) {
        channel.truncate(0); // What an earlier attempt has left is no hole.
        writer.write(0, first().dataStart());
        writer.write(first().holeEnd(), total());
      } else {
        // What was not forced before a power cut may be lost, whatever the length says.
        long known = Math.max(0, length - NoiseWriter.FORCED) & -NewVolume.UNIT;
        if (!NoiseSample.looksLikeNoise(channel, known)) {
          throw new FileSystemException(
              path.toString(),
              null,
              "is not what an earlier attempt has left, which would be noise; move it away to begin"
                  + " anew");
        }
        writer.write(known, total());
        if (known > 0) {
          writer.write(0, first().dataStart());
        }
      }
    }
  }

  /**
   * Fills a host from its first byte to its last. What has opened it before opens it no more from
   * the start on: the ends are overwritten first.
   *
   * @param name what exceptions call it
   * @param from where to go on with an earlier attempt, else 0
   * @throws FileSystemException if the host fails or the thread is interrupted; it says how to go
   *     on
   */
  void inPlace(BlockDevice host, String name, long from) throws IOException {
    long end = total() - slots();
    long forced = from;
    try {
      wipe(host, end);
      try (Noise noise = new Noise(random)) {
        NoiseWriter writer = new NoiseWriter(NoiseWriter.on(host), noise, 0, total(), progress);
        try {
          writer.write(quick ? end : Math.max(slots(), from & -NewVolume.UNIT), end);
        } finally {
          forced = writer.forced();
        }
      }
      finish(host);
    } catch (IOException e) {
      throw HostFailure.of(
          name,
          quick
              ? "holds no container any more"
              : "holds no container: it is noise up to byte %d, from where its making can go on"
                  .formatted(forced),
          e);
    }
  }

  /** Overwrites what may be headers as often as headers are overwritten. */
  private void wipe(BlockDevice host, long end) throws IOException {
    for (int round = 1; round <= SlotWriter.ROUNDS; round++) {
      try (Noise noise = new Noise(random)) {
        NoiseWriter writer = new NoiseWriter(NoiseWriter.on(host), noise, 0, total(), null);
        writer.write(0, slots());
        writer.write(end, total());
      }
    }
  }

  /**
   * Writes a hidden volume into the free end of the one that a host holds. That stays whole, also
   * when this fails.
   *
   * @param name what exceptions call the host
   */
  void intoFreeEnd(BlockDevice host, String name) throws IOException {
    long start = first().dataStart();
    long end = total() - TrueCryptLayout.SLOTS;
    try {
      if (!quick) {
        try (Noise noise = new Noise(random)) {
          new NoiseWriter(NoiseWriter.on(host), noise, start, end - start, progress)
              .write(start, end);
        }
      }
      finish(host);
    } catch (IOException e) {
      throw HostFailure.of(name, "the hidden volume was not made; the outer one is as it was", e);
    }
  }

  private void finish(BlockDevice host) throws IOException {
    for (SealedVolume volume : volumes) {
      volume.fill(host);
    }
    host.flush();
    for (int i = volumes.size() - 1; i >= 0; i--) {
      volumes.get(i).writeHeaders(host);
    }
  }
}
