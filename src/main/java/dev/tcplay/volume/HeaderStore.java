package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.HeaderInfo;
import dev.tcplay.model.Keys;
import dev.tcplay.model.VolumeInfo;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The header of a volume and its backup, if it has one: under new keys, copied to a file, restored
 * from one. Both hold the same fields and keys of the volume, each under a salt of its own. The
 * data area is never touched.
 *
 * <p>A header with a wrong CRC opens a store only for a request that ignores CRCs; what is written
 * then has right ones, around the same fields and keys.
 *
 * <p>Of the two, the one that did not open the store is written first, read back and opened, then
 * the one that did: the backup before the header, unless the store was opened by the backup. So at
 * every moment at least one of them opens, by the old keys or by the new ones, be the write in
 * between cut in the middle. Each is written as {@link SlotWriter} says.
 *
 * <p>Volumes of the layout without slots, those of TrueCrypt 1 to 5, and system drives have no
 * backup: their keys change only once the header is copied to a file. Containers that were cut are
 * refused, since where a header should be they may hold data. For one thread.
 */
public final class HeaderStore implements AutoCloseable {

  private final BlockDevice host;
  private final String hostName;
  private final UnlockRequest request;
  private final UnlockedHeader header;
  private final HeaderAccess access;
  private final StoredHeader stored;

  /** Whether the host's header is known to open: it has opened the store, or was written by it. */
  private boolean sound;

  private HeaderStore(
      BlockDevice host,
      String hostName,
      UnlockRequest request,
      SecureRandom random,
      UnlockedHeader header)
      throws IOException {
    this.host = host;
    this.hostName = hostName;
    this.request = request;
    this.header = header;
    this.access = new HeaderAccess(host, hostName, header, random);
    this.stored = StoredHeader.of(access);
    this.sound = header.slot().device() == host;
  }

  /**
   * Opens the header that a request asks for: in the host, its backup there, or in a file.
   *
   * @param host the container from its first byte to its last; it stays the caller's
   * @param hostName what exceptions call the host
   * @param request as for {@link Unlocker#open}; the caller keeps it open as long as the store
   * @param random where salts and noise come from
   * @throws FileSystemException if the volume may not be whole
   * @throws IOException as {@link Unlocker#open} says
   */
  public static HeaderStore open(
      BlockDevice host, String hostName, UnlockRequest request, SecureRandom random)
      throws IOException {
    UnlockedHeader header = Unlocker.unlock(host, hostName, request);
    try {
      return new HeaderStore(host, hostName, request, random, header);
    } catch (IOException | RuntimeException | Error e) {
      header.close();
      throw e;
    }
  }

  /** Returns the facts of the volume. */
  public VolumeInfo info() throws CorruptHeaderException {
    return header.info(host.size(), hostName);
  }

  /**
   * Returns the facts of the header that opened, and what the same keys find in both places. A key
   * is derived for each place that has not opened the store.
   *
   * @throws IOException if a keyfile cannot be read or the host fails
   */
  public HeaderInfo headerInfo() throws IOException {
    VolumeHeader fields = header.fields();
    return new HeaderInfo(
        info(),
        fields.version(),
        fields.minimumProgramVersion(),
        fields.has(VolumeHeader.FLAG_IN_PLACE),
        header.keyAreaCrc(),
        stored.header(),
        stored.backup(),
        header.warnings());
  }

  /**
   * Returns the volume that the header describes, of a system drive the disk, with keys of its own.
   *
   * @param sameHost the host, which closing the plaintext closes
   * @throws IOException if the host cannot be read
   */
  public OpenedVolume volume(BlockDevice sameHost) throws IOException {
    return request.hints().system()
        ? SystemDrive.of(header, hostName).disk(sameHost)
        : Unlocker.mount(sameHost, hostName, header);
  }

  /**
   * Writes the header and its backup under the keys that opened the store. After an opening by the
   * backup or by a file of headers, this is how a volume is restored from it: the slots of the
   * header of the same kind are overwritten in both places, the backup first (the header first, if
   * the backup opened the store, or a file and of both only the backup opens), and nothing else. A
   * header without a backup is one sector, which is written once.
   *
   * @throws java.nio.file.AccessDeniedException if the host is read-only
   * @throws FileSystemException if the host fails, or what was written does not open; it says in
   *     what state the headers are
   * @throws IOException if a keyfile cannot be read
   */
  public void restore() throws IOException {
    stored.write(Seal.of(header), Optional.empty());
    sound = true;
  }

  /**
   * Throws unless the keys can be changed with or without a copy of the headers in a file.
   *
   * @param copy the file, which is to be made, if any
   * @throws FileSystemException if the header has no backup in the host, and shall have none in a
   *     file, or if there is such a file
   */
  public void checkCopy(Optional<Path> copy) throws FileSystemException {
    if (copy.isEmpty() && !stored.hasBackup()) {
      throw new FileSystemException(
          hostName,
          null,
          "%s has a single header, of which a copy must be made before it is changed (headerBackup, in the command --header-backup FILE)"
              .formatted(
                  request.hints().system() ? "a system drive" : "a volume of TrueCrypt 1 to 5"));
    }
    if (copy.isPresent() && Files.exists(copy.get(), LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(copy.get().toString());
    }
  }

  /**
   * Writes the header and its backup under new keys. What they do not say stays: hash and PIM. The
   * cipher cannot change, as the data are encrypted by it; nor can format and hash of a system
   * drive, which its boot loader is made for. The store itself goes on with the keys that opened
   * it.
   *
   * @param keys the new keys, which stay the caller's
   * @param formatName the format of the volume afterwards, TrueCrypt or VeraCrypt, where chain and
   *     hash are those of both; empty if it stays. TrueCrypt has no PIM
   * @param copy a file that is made before: the headers as they stand, proved to open by the old
   *     keys. A header without a backup demands one
   * @param advice gets a sentence on each thing that weakens the new keys, before they are written
   * @throws IllegalArgumentException if the format does not take them, or if they open the other
   *     one of the normal and the hidden volume, too; nothing was written
   * @throws java.nio.file.AccessDeniedException if the host is read-only
   * @throws FileSystemException as {@link #restore} and {@link #checkCopy} say
   * @throws IOException if a password file or a keyfile cannot be read
   */
  public void reseal(
      Keys keys, Optional<String> formatName, Optional<Path> copy, Consumer<String> advice)
      throws IOException {
    checkCopy(copy);
    KeyChange change = KeyChange.of(header, stored.hasBackup(), keys, formatName);
    try (Secrets secrets = Secrets.of(keys)) {
      Seal seal = change.seal(secrets);
      if (!request.hints().system()) {
        OtherVolume.beside(header, host, hostName)
            .checkStaysShut(secrets, seal.kdf().prf(), change.pim());
      }
      change.advice(seal).forEach(advice);
      stored.write(seal, copy);
    }
    sound = true;
  }

  /**
   * Writes the header under new keys into a file alone: its bare bytes, 512 of them. The host stays
   * as it is. What the keys do not say stays, as {@link #reseal} says.
   *
   * @param formatName the format afterwards, empty if it stays
   * @param replace whether a file of that name is replaced
   * @param advice gets a sentence on each thing that weakens the new keys, before they are written
   * @throws IllegalArgumentException if the format does not take them; nothing was written
   * @throws java.nio.file.FileAlreadyExistsException if there is a file that is not to be replaced
   * @throws IOException if a password file or a keyfile cannot be read, or the file not be written
   */
  public void resealInto(
      Path file, boolean replace, Keys keys, Optional<String> formatName, Consumer<String> advice)
      throws IOException {
    KeyChange change = KeyChange.of(header, stored.hasBackup(), keys, formatName);
    try (Secrets secrets = Secrets.of(keys)) {
      Seal seal = change.seal(secrets);
      change.advice(seal).forEach(advice);
      byte[] plaintext = header.plaintextIn(seal.family());
      try {
        OwnersFile.write(file, access.sealed(1, plaintext, seal).get(0), replace);
      } finally {
        Arrays.fill(plaintext, (byte) 0);
      }
    }
  }

  /**
   * Copies both headers, of the normal and of the hidden volume, into a file, as VeraCrypt or
   * TrueCrypt and {@link UnlockRequest.Builder#headerFile(Path)} read it: both slots, 131072 bytes;
   * of TrueCrypt 1 to 5 1024 bytes, of a system drive its only header of 512. They are copied as
   * they are, since the header of a hidden volume is noise to whoever has not its keys; so the file
   * opens by the passwords of today, whatever the passwords are later. If the backup opened the
   * store, the backups of both are copied. If a file of headers opened it, those of the host may be
   * damaged, and are copied only once they were written.
   *
   * @param replace whether a file of that name is replaced
   * @throws java.nio.file.FileAlreadyExistsException if there is one that is not to be replaced
   * @throws FileSystemException if a file of headers opened the store, which has written none since
   * @throws IOException if the host cannot be read or the file not be written; it is then as before
   */
  public void backUp(Path file, boolean replace) throws IOException {
    if (!sound) {
      throw new FileSystemException(
          hostName,
          null,
          "its headers are not copied, as a file of headers opened it in their place");
    }
    OwnersFile.write(file, stored.contentsOfFile(), replace);
  }

  /** Wipes the keys of the volume; the host stays open. */
  @Override
  public void close() {
    header.close();
  }
}
