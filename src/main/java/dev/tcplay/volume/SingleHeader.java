package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.HeaderInfo.Copy;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A header without a backup in its host: that of a volume of TrueCrypt 1 to 5, or of a system
 * drive. It fills one sector, which is written once: around it are data, or the boot loader. While
 * that is under way only a copy in a file opens, so there must be one before.
 *
 * @param access the header, and the way to its place
 * @param place where it stands, or shall stand
 */
record SingleHeader(HeaderAccess access, HeaderSlot place) implements StoredHeader {

  /**
   * Returns the place of a header that was opened there or in a file.
   *
   * @throws FileSystemException if the host has no such place, or was cut so that it may hold data
   */
  static HeaderSlot place(HeaderAccess access) throws IOException {
    UnlockedHeader header = access.header();
    DataArea area = header.locate(access.host().size(), access.hostName());
    // That of a system drive is counted from the start of the disk, however much is left of it.
    if (area.cut() != null && !header.request().hints().system()) {
      throw new FileSystemException(
          access.hostName(), null, "its headers are left alone, as " + area.cut());
    }
    int version = header.fields().version();
    return slot(access, header.fields().kind(), version)
        .orElseThrow(
            () ->
                new FileSystemException(
                    access.hostName(), null, "is too short for a header of this kind"));
  }

  private static Optional<HeaderSlot> slot(HeaderAccess access, VolumeKind kind, int version) {
    return access.header().family().layout().headers(access.host()).stream()
        .filter(slot -> slot.suits(kind) && slot.oldest() <= version && slot.newest() >= version)
        .findFirst();
  }

  @Override
  public boolean hasBackup() {
    return false;
  }

  @Override
  public Copy header() throws IOException {
    return access.find(place);
  }

  @Override
  public Copy backup() {
    return Copy.NONE;
  }

  /**
   * Returns the header of a system drive, as a rescue disk holds it, or, as TrueCrypt 4 makes it,
   * the normal header and behind it the hidden one, or what stands in its place.
   */
  @Override
  public byte[] contentsOfFile() throws IOException {
    UnlockedHeader header = access.header();
    int size = header.family().codec().size();
    if (header.request().hints().system()) {
      return place.read(size);
    }
    byte[] both = new byte[TrueCryptLayout.OLD_HEADER_FILE];
    access.random().nextBytes(both); // where the host is too short for a hidden volume
    int at = 0;
    for (VolumeKind kind : List.of(VolumeKind.NORMAL, VolumeKind.HIDDEN)) {
      Optional<HeaderSlot> slot = slot(access, kind, header.fields().version());
      if (slot.isPresent()) {
        System.arraycopy(slot.get().read(size), 0, both, at, size);
      }
      at += size;
    }
    return both;
  }

  @Override
  public void write(Seal seal, Optional<Path> file) throws IOException {
    access.checkWritable();
    byte[] plaintext = access.header().plaintextIn(seal.family());
    try {
      byte[] sealed = access.sealed(1, plaintext, seal).get(0);
      if (file.isPresent()) {
        access.save(file.get(), contentsOfFile());
      }
      write(sealed, plaintext, seal, file);
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  private void write(byte[] sealed, byte[] plaintext, Seal seal, Optional<Path> file)
      throws IOException {
    try {
      BlockDevice host = access.host();
      host.write(place.offset(), sealed, 0, sealed.length);
      host.flush();
      access.prove(place, plaintext, seal);
    } catch (IOException e) {
      String remedy =
          file.map(
                  copy ->
                      "its copy in %s opens by the old keys, and is written back from there (Tcplay.headers, in the command header restore --from)"
                          .formatted(copy))
              .orElse("it is restored by doing the same again");
      throw access.broken("the %s may be lost; %s".formatted(place.name(), remedy), e);
    }
  }
}
