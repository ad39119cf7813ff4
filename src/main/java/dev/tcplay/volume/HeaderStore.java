package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.HeaderInfo;
import dev.tcplay.model.Keys;
import dev.tcplay.model.VolumeInfo;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The header of a volume and its backup, as a pair: under new keys, copied to a file, restored from
 * one. Both hold the same fields and keys of the volume, each under a salt of its own. The data
 * area is never touched.
 *
 * <p>A header with a wrong CRC opens a store only for a request that ignores CRCs; what is written
 * then has right ones, around the same fields and keys.
 *
 * <p>Of the two, the one that did not open the store is written first, read back and opened, then
 * the one that did: the backup before the header, unless the store was opened by the backup. So at
 * every moment at least one of them opens, by the old keys or by the new ones, be the write in
 * between cut in the middle. Each is written as {@link SlotWriter} says.
 *
 * <p>Volumes of the layout without slots, those of TrueCrypt 1 to 5, have no backup and are
 * refused; so are containers that were cut, where the place of the backup may hold data. For one
 * thread.
 */
public final class HeaderStore implements AutoCloseable {

  /** The bytes of a file of headers: the slots of the normal and of the hidden header. */
  public static final int FILE_BYTES = TrueCryptLayout.SLOTS;

  private final BlockDevice host;
  private final String hostName;
  private final UnlockRequest request;
  private final UnlockedHeader header;
  private final HeaderPair places;
  private final HeaderCopies copies;

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
    this.places = HeaderPair.of(host, hostName, header);
    this.copies = new HeaderCopies(host, hostName, header, places, random);
    this.sound = header.slot().device() == host;
  }

  /**
   * Opens the header that a request asks for: in the host, its backup there, or in a file.
   *
   * @param host the container from its first byte to its last; it stays the caller's
   * @param hostName what exceptions call the host
   * @param request as for {@link Unlocker#open}; the caller keeps it open as long as the store
   * @param random where salts and noise come from
   * @throws FileSystemException if the volume has no pair of headers, or may not be whole
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
    return header.info(header.locate(host.size(), hostName));
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
        copies.find(places.primary()),
        copies.find(places.backup()),
        header.warnings());
  }

  /**
   * Returns the volume that the header describes, with keys of its own.
   *
   * @param sameHost the host, which closing the plaintext closes
   */
  public OpenedVolume volume(BlockDevice sameHost) throws CorruptHeaderException {
    return Unlocker.mount(sameHost, hostName, header);
  }

  /**
   * Writes the header and its backup under the keys that opened the store. After an opening by the
   * backup or by a file of headers, this is how a volume is restored from it: the slots of the
   * header of the same kind are overwritten in both places, the backup first (the header first, if
   * the backup opened the store), and nothing else.
   *
   * @throws java.nio.file.AccessDeniedException if the host is read-only
   * @throws FileSystemException if the host fails, or what was written does not open; it says in
   *     what state the headers are
   * @throws IOException if a keyfile cannot be read
   */
  public void restore() throws IOException {
    copies.write(header.family(), header.kdf(), header.request().secrets());
    sound = true;
  }

  /**
   * Writes the header and its backup under new keys. What they do not say stays: hash and PIM. The
   * cipher cannot change, as the data are encrypted by it. The store itself goes on with the keys
   * that opened it.
   *
   * @param keys the new keys, which stay the caller's
   * @param formatName the format of the volume afterwards, TrueCrypt or VeraCrypt, where chain and
   *     hash are those of both; empty if it stays. TrueCrypt has no PIM
   * @throws IllegalArgumentException if the format does not take them; nothing was written
   * @throws java.nio.file.AccessDeniedException if the host is read-only
   * @throws FileSystemException as {@link #restore} says
   * @throws IOException if a password file or a keyfile cannot be read
   */
  public void reseal(Keys keys, Optional<String> formatName) throws IOException {
    HeaderFamily family =
        formatName
            .map(name -> Arguments.parse("format", name, VolumeFormat::parse))
            .map(this::familyIn)
            .orElse(header.family());
    VolumeFormat format = family.format();
    Prf prf = keys.hash().map(name -> Arguments.parseHash(name, format)).orElse(header.kdf().prf());
    int oldPim = family.costs().largestPim() == 0 ? 0 : request.hints().pim();
    int pim = keys.pim().orElse(oldPim);
    CipherChain chain = header.suite().chain();
    Arguments.demand(
        keys.cipher()
            .map(name -> Arguments.parse("cipher", name, CipherChain::parse) == chain)
            .orElse(true),
        "cipher: expected that of the data, " + chain.veraCryptName());
    Arguments.checkFamilyHas(family, header.suite().mode(), prf, chain, pim);
    try (Secrets secrets = Secrets.of(keys)) {
      Arguments.demand(!secrets.isEmpty(), "password: expected at least one byte, or a keyfile");
      secrets.checkFit(format);
      copies.write(family, family.costs().kdf(prf, pim), secrets);
    }
    sound = true;
  }

  private HeaderFamily familyIn(VolumeFormat format) {
    if (format == header.format()) {
      return header.family();
    }
    return format == VolumeFormat.VERACRYPT ? HeaderFamily.VERACRYPT : HeaderFamily.TRUECRYPT;
  }

  /**
   * Copies both slots, of the normal header and of the hidden one, into a file, as VeraCrypt and
   * {@link UnlockRequest.Builder#headerFile(Path)} read it. They are copied as they are, since the
   * header of a hidden volume is noise to whoever has not its keys; so the file opens by the
   * passwords of today, whatever the passwords are later. If the backup opened the store, the
   * backups of both are copied. If a file of headers opened it, those of the host may be damaged,
   * and are copied only once they were written.
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
    byte[] slots = new byte[FILE_BYTES];
    host.read(places.openedByBackup() ? host.size() - FILE_BYTES : 0, slots, 0, slots.length);
    OwnersFile.write(file, slots, replace);
  }

  /** Wipes the keys of the volume; the host stays open. */
  @Override
  public void close() {
    header.close();
  }
}
