package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.HeaderInfo.Copy;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * A volume of the layout with slots that grows, together with its host.
 *
 * <p>Each step is on the storage before the next one begins:
 *
 * <ol>
 *   <li>The host gets longer, by noise.
 *   <li>The slot of the other volume, hidden or not there at all, is copied to the new end as it
 *       stands.
 *   <li>The backup header with the new length is written to the new end, read back and opened.
 *   <li>The old place of the backups is overwritten with noise, as it is about to be data.
 *   <li>The header with the new length is written.
 * </ol>
 *
 * <p>So up to the last step the header opens by the old length, and while that is written the
 * backup by the new one. The header tells where the old end is until all else is done, and a backup
 * at the end of the host with the length that this makes tells that the first three steps are: this
 * is how the work goes on after a cut. For one thread.
 */
public final class VolumeExpansion implements AutoCloseable {

  private static final int SLOTS = TrueCryptLayout.SLOTS;

  private final BlockDevice host;
  private final String hostName;
  private final ExpandingHost room;
  private final SecureRandom random;
  private UnlockedHeader header;

  private VolumeExpansion(
      BlockDevice host,
      String hostName,
      ExpandingHost room,
      SecureRandom random,
      UnlockedHeader header) {
    this.host = host;
    this.hostName = hostName;
    this.room = room;
    this.random = random;
    this.header = header;
  }

  /**
   * Opens the header that a request asks for.
   *
   * @param host the container from its first byte to its last; it stays the caller's
   * @param hostName what exceptions call the host
   * @param request as for {@link Unlocker#open}; the caller keeps it open as long as this
   * @param room how the host gets longer
   * @param random where salts and noise come from
   * @throws FileSystemException if a volume such as this cannot grow
   * @throws IOException as {@link Unlocker#open} says
   */
  public static VolumeExpansion open(
      BlockDevice host,
      String hostName,
      UnlockRequest request,
      ExpandingHost room,
      SecureRandom random)
      throws IOException {
    UnlockedHeader header = Unlocker.unlock(host, hostName, request);
    VolumeExpansion opened = new VolumeExpansion(host, hostName, room, random, header);
    try {
      opened.check();
      return opened;
    } catch (IOException | RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  private void check() throws IOException {
    DataArea area = header.locate(host.size(), hostName);
    if (header.fields().version() < TrueCryptLayout.FIRST_VERSION_WITH_SLOTS) {
      throw refusal(
          "a volume of TrueCrypt 1 to 5 cannot grow: it has no backup header that would open it if"
              + " the writing is cut");
    }
    if (header.isDamaged()) {
      throw refusal("a CRC of its header is wrong: restore the header first");
    }
    if (area.cut() != null) {
      throw refusal("cannot grow, as " + area.cut());
    }
    if (header.slot().device() != host) {
      throw refusal("cannot grow by a header in a file: restore the header from it first");
    }
  }

  /** Returns whether the volume is a hidden one. */
  public boolean isHidden() {
    return header.fields().kind() == VolumeKind.HIDDEN;
  }

  /** Returns the bytes of the data. */
  public long dataLength() {
    return header.fields().scopeLength();
  }

  /** Returns the bytes of a sector of the volume. */
  public int sectorSize() {
    return header.fields().sectorSize();
  }

  /** Returns where the backup headers end by what the header of a normal volume says. */
  public long end() {
    return header.fields().scopeStart() + dataLength() + SLOTS;
  }

  /**
   * Makes a normal volume, and its host, as long as is asked for, or ends what an earlier call has
   * begun. An interrupt or a failure while the host gets longer undoes that.
   *
   * @param size bytes of the whole host afterwards, headers included
   * @return whether anything was written; false if the volume has that size
   * @throws IllegalArgumentException if the size is no multiple of the volume's sectors, or too
   *     large
   * @throws FileSystemException if the volume cannot have that size, and nothing was written; or if
   *     the host fails or the thread is interrupted meanwhile: it says in what state the volume is
   */
  public boolean grow(long size) throws IOException {
    checkSize(size);
    HeaderPair places = HeaderPair.at(host, header);
    if (places.openedByBackup()) {
      endByBackup(size, places);
      return true;
    }
    boolean resumed = host.size() > end() && isBegun();
    if (resumed) {
      try (UnlockedHeader grown = resized(host.size())) {
        finish(grown);
      }
      adopt(host.size());
    }
    if (size == end()) {
      return resumed;
    }
    if (size - end() < SLOTS) {
      throw refusal(
          "has %d bytes and cannot grow to %d, but to %d or more: the new backup headers must not"
                  .formatted(end(), size, end() + SLOTS)
              + " touch the old ones");
    }
    try (UnlockedHeader grown = resized(size)) {
      begin(size, grown);
      finish(grown);
    }
    adopt(size);
    return true;
  }

  private void checkSize(long size) throws FileSystemException {
    Arguments.demand(
        size % sectorSize() == 0 && size <= VolumeSizes.MAX_SIZE,
        "size: expected a multiple of %d up to %d, not %d"
            .formatted(sectorSize(), VolumeSizes.MAX_SIZE, size));
    if (size < end()) {
      throw refusal(
          "has %d bytes and is not made smaller, since what lies behind the new end would be lost:"
                  .formatted(end())
              + " copy the files to a new container");
    }
    if (size < host.size()) {
      throw refusal(
          "is %d bytes long, so the volume grows to that at least: its backup headers stand at the"
                  .formatted(host.size())
              + " end");
    }
  }

  /** Returns whether the backup with the new length stands at the end of the host, and opens. */
  private boolean isBegun() throws IOException {
    long more = host.size() - end();
    if (more < SLOTS || more % sectorSize() != 0) {
      return false;
    }
    try (UnlockedHeader grown = resized(host.size())) {
      HeaderCopies copies = copies(grown);
      return copies.backup() == Copy.EQUAL;
    }
  }

  /** Does all up to the new backup header; when it fails, the host is as it was. */
  private void begin(long size, UnlockedHeader grown) throws IOException {
    long before = host.size();
    try {
      room.fill(host, end(), size, random);
      room.copy(host, end() - TrueCryptLayout.SLOT, size - TrueCryptLayout.SLOT);
      HeaderCopies copies = copies(grown);
      copies.writeOne(copies.places().backup());
    } catch (IOException | RuntimeException | Error e) {
      room.undo(hostName, before, host.size(), e);
      throw e;
    }
  }

  /** Does all behind the new backup header. */
  private void finish(UnlockedHeader grown) throws IOException {
    try {
      // A killed process may have written the backup, and not have had it forced.
      host.flush();
      room.overwrite(host, end() - SLOTS, random);
    } catch (IOException e) {
      throw broken("its header opens and says %d bytes as before".formatted(end()), e);
    }
    HeaderCopies copies = copies(grown);
    try {
      copies.writeOne(copies.places().primary());
    } catch (IOException e) {
      throw broken("its header may be lost; the backup header opens", e);
    }
  }

  private FileSystemException broken(String state, IOException cause) {
    return HostFailure.of(
        hostName,
        "the growth to %d bytes was broken off: %s; expand once more to the same size ends it"
            .formatted(host.size(), state),
        cause);
  }

  /** Ends a growth that was cut while the header was written, which then opens no more. */
  private void endByBackup(long size, HeaderPair places) throws IOException {
    if (isHidden() ? size != host.size() : size != end() || size != host.size()) {
      throw refusal("only its backup header opens: restore the header first");
    }
    copies(header).writeOne(places.primary());
  }

  /**
   * Lets a hidden volume have what is behind its data, up to the backup headers less the reserve
   * that VeraCrypt leaves. The outer volume must have grown before, by its own keys; what that
   * keeps there is lost.
   *
   * @param size bytes of the whole host, as it is
   * @return whether anything was written; false if the volume reaches as far already
   * @throws FileSystemException if the host has another size, or the outer volume ends elsewhere;
   *     or if the host fails meanwhile: it says in what state the headers are
   */
  public boolean growHidden(long size) throws IOException {
    if (size != host.size()) {
      throw refusal(
          "is %d bytes long; a hidden volume grows inside of its outer one only: expand that first,"
                  .formatted(host.size())
              + " by its own password, then this one to the same size");
    }
    HeaderPair places = HeaderPair.at(host, header);
    if (places.openedByBackup()) {
      endByBackup(size, places);
      return true;
    }
    long room = size - SLOTS - header.fields().scopeStart();
    long length = room - NewVolume.reserve(room);
    length -= length % sectorSize();
    if (length <= dataLength()) {
      return false;
    }
    try (UnlockedHeader grown = header.resized(length)) {
      HeaderCopies copies = copies(grown);
      if (copies(header).backup() != Copy.EQUAL && copies.backup() != Copy.EQUAL) {
        throw refusal(
            "the backup of the hidden header is not at its end: expand the outer volume first");
      }
      copies.write(Seal.of(grown), Optional.empty());
    }
    UnlockedHeader old = header;
    header = old.resized(length);
    old.close();
    return true;
  }

  private UnlockedHeader resized(long size) {
    return header.resized(size - SLOTS - header.fields().scopeStart());
  }

  private void adopt(long size) {
    UnlockedHeader old = header;
    header = resized(size);
    old.close();
  }

  private HeaderCopies copies(UnlockedHeader written) {
    return new HeaderCopies(
        new HeaderAccess(host, hostName, written, random), HeaderPair.at(host, written));
  }

  /**
   * Returns the volume as it is now, with keys of its own, and with the hidden one that the request
   * protects.
   *
   * @param sameHost the host, which closing the plaintext closes
   * @throws IOException if the hidden volume does not open
   */
  public OpenedVolume volume(BlockDevice sameHost) throws IOException {
    UnlockRequest hidden = header.request().protecting();
    return hidden == null
        ? Unlocker.mount(sameHost, hostName, header)
        : HiddenVolumePlace.protect(sameHost, hostName, header, hidden);
  }

  private FileSystemException refusal(String reason) {
    return new FileSystemException(hostName, null, reason);
  }

  /** Wipes the keys of the volume; the host stays open. */
  @Override
  public void close() {
    header.close();
  }
}
