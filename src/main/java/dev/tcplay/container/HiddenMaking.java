package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.KeptDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.CreatedVolume;
import dev.tcplay.model.Keys;
import dev.tcplay.model.MissingCredentialsException;
import dev.tcplay.model.ParsedOptions;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.volume.OpenedVolume;
import dev.tcplay.volume.UnlockRequest;
import dev.tcplay.volume.Unlocker;
import dev.tcplay.volume.VolumeBuilder;
import dev.tcplay.volume.VolumeFormat;
import dev.tcplay.volume.VolumeSizes;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/** Makes hidden volumes in containers that exist, where their file systems hold nothing. */
final class HiddenMaking {

  private static final int SAMPLE = 512;
  private static final int SAMPLES = 64;

  private HiddenMaking() {}

  /**
   * What is known of the outer volume.
   *
   * @param free how many bytes at its end its file system leaves free; empty if nobody knows
   */
  private record Outer(VolumeInfo info, OptionalLong free) {}

  /**
   * Makes a hidden volume.
   *
   * @param outer what opens the container; its owner closes it
   * @throws IOException as {@link dev.tcplay.ContainerCreator#create} says
   */
  static CreatedVolume make(Path container, ParsedOptions options, NewContainer wanted, Keys outer)
      throws IOException {
    NewContainer.Going going = wanted.going();
    if (going.inPlace() || going.resume() || going.from() != 0) {
      throw new IllegalArgumentException(
          "inPlace, resume and resumeAt: expected only without hiddenIn, as a hidden volume is made"
              + " from its start");
    }
    FileSystemMaker maker = FileSystemMaker.of(options, wanted.fileSystem());
    HostCheck.check(container, Map.of());
    if (!options.keys().haveSecrets()) {
      throw new MissingCredentialsException(
          container.toString(), "no password or keyfile for the hidden volume");
    }
    HostOpen how = HostOpen.writing().by("the making of a hidden volume in " + container);
    try (Keys around = keysOf(container, outer);
        BlockDevice host = FileDevice.open(container, Opening.by(options, how))) {
      if (host.isReadOnly()) {
        throw new AccessDeniedException(container.toString(), null, "is read-only");
      }
      Outer found = outer(host, container, options, around);
      if (!wanted.replaceExisting() && opensAlready(host, container, options.keys())) {
        throw new FileAlreadyExistsException(
            container.toString(), null, "the keys open a hidden volume already");
      }
      long size = size(container, wanted, found);
      if (hasBlankSector(host, Math.min(size, found.info().dataLength()))) {
        wanted
            .advice()
            .accept("the outer volume is not filled with noise, so that all see where this one is");
      }
      VolumeBuilder builder =
          ContainerMaking.builder(options, wanted, maker.within(size), options.keys());
      if (options.format().isEmpty()) {
        builder.format(VolumeFormat.parse(found.info().format()));
      }
      builder.size(size).createHidden(host, container.toString(), around);
      return new CreatedVolume(host.size(), OptionalLong.of(size), found.free());
    }
  }

  private static Keys keysOf(Path container, Keys outer) throws IOException {
    try {
      // The caller's own stay open.
      return KeySearch.find(container, Keys.builder().keys(outer).build());
    } catch (MissingCredentialsException e) {
      throw new MissingCredentialsException(
          container.toString(), "of the outer volume: " + e.getReason(), true);
    }
  }

  /** Returns whether keys open a hidden volume, by the hash that the new one is to have. */
  private static boolean opensAlready(BlockDevice host, Path container, Keys keys)
      throws IOException {
    try (Keys usual = Keys.builder().hash(keys.hash().orElse("sha512")).build();
        UnlockRequest request =
            UnlockRequest.builder().keys(keys.with(usual)).hidden(true).build()) {
      Unlocker.open(new KeptDevice(host), container.toString(), request).plaintext().close();
      return true;
    } catch (WrongPasswordException e) {
      return false;
    } catch (CorruptHeaderException e) {
      // The keys are right, and what they open is damaged.
      return true;
    }
  }

  private static Outer outer(BlockDevice host, Path container, ParsedOptions options, Keys keys)
      throws IOException {
    try (UnlockRequest request = UnlockRequest.builder().keys(keys).hidden(false).build()) {
      OpenedVolume opened = Unlocker.open(new KeptDevice(host), container.toString(), request);
      try (BlockDevice plaintext = opened.plaintext()) {
        VolumeInfo info = opened.info();
        long slots = VolumeSizes.HEADERS / 2;
        if (plaintext.isReadOnly() && !opened.warnings().isEmpty()) {
          throw refusal(container, String.join("; ", opened.warnings()));
        }
        if (info.dataOffset() < slots
            || info.dataOffset() + info.dataLength() + slots != host.size()) {
          throw refusal(
              container, "it has no place for the header of a hidden one at both of its ends");
        }
        return new Outer(info, FreeEnd.of(plaintext, options));
      }
    }
  }

  private static long size(Path container, NewContainer wanted, Outer outer) throws IOException {
    OptionalLong free = outer.free();
    boolean largest = wanted.size() == NewContainer.LARGEST;
    if (wanted.size() == 0) {
      throw new IllegalArgumentException("size: how large the hidden volume shall be must be said");
    }
    if (free.isEmpty() && (largest || !wanted.trustSize())) {
      throw refusal(
          container,
          "no driver knows how much of the outer volume is in use, so its end may hold data; a size"
              + " must be given, and trusted (trustSize, --force)");
    }
    long size = largest ? free.orElseThrow() : wanted.size();
    if (free.isPresent()) {
      checkSize(size, free.getAsLong());
    }
    return size;
  }

  /**
   * Checks that a hidden volume fits behind what its outer one holds.
   *
   * @param free how many bytes that leaves at its end
   * @throws IllegalArgumentException if it does not
   */
  static void checkSize(long size, long free) {
    if (size > free || free < VolumeSizes.MIN_HIDDEN_SIZE) {
      throw new IllegalArgumentException(
          "size: the outer file system leaves %d bytes at its end, so that a hidden volume may have"
                  .formatted(free)
              + (free < VolumeSizes.MIN_HIDDEN_SIZE
                  ? " none: the smallest takes " + VolumeSizes.MIN_HIDDEN_SIZE
                  : " %d to %d bytes, not %d".formatted(VolumeSizes.MIN_HIDDEN_SIZE, free, size)));
    }
  }

  /** Looks at some sectors of what becomes the hidden volume: noise never repeats one byte. */
  private static boolean hasBlankSector(BlockDevice host, long size) throws IOException {
    byte[] sector = new byte[SAMPLE];
    long start = Math.max(0, host.size() - VolumeSizes.HEADERS / 2 - size);
    for (int i = 0; i < SAMPLES; i++) {
      long at = start + Math.floorDiv(size / SAMPLE * i, SAMPLES) * SAMPLE;
      host.read(at, sector, 0, SAMPLE);
      boolean blank = true;
      for (byte b : sector) {
        blank &= b == sector[0];
      }
      if (blank) {
        return true;
      }
    }
    return false;
  }

  private static FileSystemException refusal(Path container, String reason) {
    return new FileSystemException(container.toString(), null, "nothing was written: " + reason);
  }
}
