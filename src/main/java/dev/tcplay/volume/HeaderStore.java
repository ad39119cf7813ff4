package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.Keys;
import dev.tcplay.model.VolumeInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * The header of a volume and its backup, as a pair: under new keys, copied to a file, restored from
 * one. Both hold the same fields and keys of the volume, each under a salt of its own. The data
 * area is never touched.
 *
 * <p>A header with a wrong CRC opens a store only for a request that ignores CRCs; what is written
 * then has right ones, around the same fields and keys.
 *
 * <p>Of the two, the one that did not open the store is written first and flushed, then the one
 * that did: the backup before the header, unless the store was opened by the backup. So at every
 * moment at least one of them opens, by the old keys or by the new ones, be the write in between
 * cut in the middle.
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
  private final SecureRandom random;
  private final UnlockedHeader header;

  /** The places of the header: the one to write first, then the other. */
  private final List<HeaderSlot> places;

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
    this.random = random;
    this.header = header;
    this.places = places();
    this.sound = header.slot().device() == host;
  }

  /**
   * Opens the header that a request asks for: in the host, its backup there, or in a file.
   *
   * @param host the container from its first byte to its last; it stays the caller's
   * @param hostName what exceptions call the host
   * @param request as for {@link Unlocker#open}; the caller keeps it open as long as the store
   * @param random where salts come from
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

  private List<HeaderSlot> places() throws IOException {
    if (request.hints().system()) {
      throw refusal("a system drive has no backup header");
    }
    DataArea area = header.locate(host.size(), hostName);
    if (area.cut() != null) {
      throw refusal("its headers are not written, as " + area.cut());
    }
    if (header.fields().version() < TrueCryptLayout.FIRST_VERSION_WITH_SLOTS) {
      throw refusal("a volume of TrueCrypt 1 to 5 has no backup header");
    }
    VolumeKind kind = header.fields().kind();
    long end = area.offset() + area.length() + TrueCryptLayout.SLOTS;
    if (kind == VolumeKind.NORMAL && end != host.size()) {
      throw refusal("%d bytes follow its backup headers".formatted(host.size() - end));
    }
    HeaderSlot primary = place(header.family().layout().headers(host), kind);
    HeaderSlot backup = place(header.family().layout().backups(host), kind);
    boolean openedByBackup =
        header.slot().device() == host && header.slot().offset() == backup.offset();
    return openedByBackup ? List.of(primary, backup) : List.of(backup, primary);
  }

  private static HeaderSlot place(List<HeaderSlot> slots, VolumeKind kind) {
    return slots.stream()
        .filter(slot -> slot.kind() == kind)
        .filter(slot -> slot.newest() >= TrueCryptLayout.FIRST_VERSION_WITH_SLOTS)
        .findFirst()
        .orElseThrow();
  }

  private FileSystemException refusal(String reason) {
    return new FileSystemException(hostName, null, reason);
  }

  /** Returns the facts of the volume. */
  public VolumeInfo info() throws CorruptHeaderException {
    return header.info(header.locate(host.size(), hostName));
  }

  /**
   * Writes the header and its backup under the keys that opened the store. After an opening by the
   * backup or by a file of headers, this is how a volume is restored from it: the 512 bytes of the
   * header of the same kind are overwritten in both places, the backup first (the header first, if
   * the backup opened the store), and nothing else.
   *
   * @throws java.nio.file.AccessDeniedException if the host is read-only
   * @throws IOException if a keyfile cannot be read or the host fails
   */
  public void restore() throws IOException {
    write(header.kdf(), header.request().secrets());
  }

  /**
   * Writes the header and its backup under new keys. What they do not say stays: hash and PIM. The
   * cipher cannot change, as the data are encrypted by it. The store itself goes on with the keys
   * that opened it.
   *
   * @param keys the new keys, which stay the caller's
   * @throws IllegalArgumentException if the volume's format does not take them; nothing was written
   * @throws java.nio.file.AccessDeniedException if the host is read-only
   * @throws IOException if a password file or a keyfile cannot be read or the host fails
   */
  public void reseal(Keys keys) throws IOException {
    VolumeFormat format = header.format();
    Prf prf = keys.hash().map(name -> Arguments.parseHash(name, format)).orElse(header.kdf().prf());
    int pim = keys.pim().orElse(request.hints().pim());
    CipherChain chain = header.suite().chain();
    Arguments.demand(
        keys.cipher()
            .map(name -> Arguments.parse("cipher", name, CipherChain::parse) == chain)
            .orElse(true),
        "cipher: expected that of the data, " + chain.veraCryptName());
    Arguments.checkFamilyHas(header.family(), header.suite().mode(), prf, chain, pim);
    try (Secrets secrets = Secrets.of(keys)) {
      Arguments.demand(!secrets.isEmpty(), "password: expected at least one byte, or a keyfile");
      secrets.checkFit(format);
      write(header.family().costs().kdf(prf, pim), secrets);
    }
  }

  private void write(HeaderKdf kdf, Secrets secrets) throws IOException {
    if (host.isReadOnly()) {
      throw new AccessDeniedException(hostName, null, "is read-only");
    }
    HeaderSealer sealer =
        new HeaderSealer(kdf, header.suite(), header.family().codec().saltBytes(), random);
    // Both are sealed before the first is written: a derivation may fail, or be interrupted.
    byte[] plaintext = header.soundPlaintext();
    List<byte[]> sealed;
    try {
      sealed = sealer.seal(places.size(), plaintext, header.format(), secrets, hostName);
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
    for (int i = 0; i < places.size(); i++) {
      byte[] bytes = sealed.get(i);
      host.write(places.get(i).offset(), bytes, 0, bytes.length);
      host.flush();
    }
    sound = true;
  }

  /**
   * Copies both slots, of the normal header and of the hidden one, into a new file, as VeraCrypt
   * and {@link UnlockRequest.Builder#headerFile(Path)} read it. They are copied as they are, since
   * the header of a hidden volume is noise to whoever has not its keys; so the file opens by the
   * passwords of today, whatever the passwords are later. If the backup opened the store, the
   * backups of both are copied. If a file of headers opened it, those of the host may be damaged,
   * and are copied only once they were written.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is such a file
   * @throws FileSystemException if a file of headers opened the store, which has written none since
   * @throws IOException if the host cannot be read or the file not be written; it is then deleted
   */
  public void backUp(Path file) throws IOException {
    if (!sound) {
      throw refusal("its headers are not copied, as a file of headers opened it in their place");
    }
    byte[] slots = new byte[FILE_BYTES];
    boolean openedByHeader = places.get(1).offset() < FILE_BYTES;
    host.read(openedByHeader ? 0 : host.size() - FILE_BYTES, slots, 0, slots.length);
    try (SeekableByteChannel channel = FileDevice.createFile(file)) {
      ByteBuffer bytes = ByteBuffer.wrap(slots);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (channel instanceof FileChannel onDisk) {
        onDisk.force(true);
      }
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    } finally {
      Arrays.fill(slots, (byte) 0);
    }
  }

  /** Wipes the keys of the volume; the host stays open. */
  @Override
  public void close() {
    header.close();
  }
}
