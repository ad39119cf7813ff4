package dev.tcplay.volume;

import static java.util.stream.Collectors.joining;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.NotAContainerException;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds the header that a request opens: in a file, or in the host. There the backups come when
 * everything has been tried on the headers, normal and hidden: a right password costs nothing more,
 * and what is read does not depend on whether there is a hidden volume.
 */
final class HeaderFinder {

  private final List<HeaderFamily> families;
  private final BlockDevice host;
  private final String hostName;
  private final UnlockRequest request;
  private final ContinuedProgress progress;

  /** The places of a family's headers, in order. */
  private interface Places extends Function<HeaderFamily, List<HeaderSlot>> {}

  HeaderFinder(
      List<HeaderFamily> families, BlockDevice host, String hostName, UnlockRequest request) {
    this.families = families.stream().filter(request::wants).toList();
    this.host = host;
    this.hostName = hostName;
    this.request = request;
    this.progress = new ContinuedProgress(request.progressListener());
  }

  /**
   * Returns the header, its fields not yet checked unless it was to be chosen by them.
   *
   * @throws IOException as {@link Unlocker#open} says
   */
  UnlockedHeader find() throws IOException {
    Path headerFile = request.headerFile();
    if (headerFile != null) {
      try (BlockDevice device =
          FileDevice.open(headerFile, HostOpen.reading().unlocked().by(hostName))) {
        return byPassword(headersInFile(device, headerFile.toString()), device, false);
      }
    }
    BlockDevice device = request.headerDevice();
    return device == null ? inHost() : byPassword(headersInFile(device, hostName), device, false);
  }

  private UnlockedHeader inHost() throws IOException {
    Places headers = family -> family.layout().headers(host);
    Places backups = family -> family.layout().backups(host);
    if (!hasAny(request.readsBackupOnly() ? backups : headers)) {
      throw new NotAContainerException(hostName, noPlace());
    }
    if (request.readsBackupOnly()) {
      return backupAlone(headers, backups);
    }
    if (!request.readsBackupToo() || !hasAny(backups)) {
      return byPassword(headers, host, false);
    }
    try {
      return lawful(byPassword(headers, host, false));
    } catch (WrongPasswordException | CorruptHeaderException e) {
      return backup(backups, e);
    }
  }

  /** Returns the backup that opens, of the layout that has backups. */
  private UnlockedHeader backupAlone(Places headers, Places backups) throws IOException {
    try {
      return byPassword(backups, host, true);
    } catch (WrongPasswordException e) {
      if (isWithoutBackup(headers)) {
        throw new NotAContainerException(
            hostName,
            "has no backup header, as a volume of TrueCrypt 1 to 5, whose header the password opens: only a copy in a file stands in for it");
      }
      throw e;
    }
  }

  /** Returns whether a header opens that has no backup; TrueCrypt's are tried in no time. */
  private boolean isWithoutBackup(Places headers) throws IOException {
    List<HeaderFamily> old =
        families.stream().filter(family -> family.format() == VolumeFormat.TRUECRYPT).toList();
    if (old.isEmpty()) {
      return false;
    }
    HeaderFinder finder = new HeaderFinder(old, host, hostName, request);
    try (UnlockedHeader header = finder.byPassword(headers, host, false)) {
      return header.fields().version() < TrueCryptLayout.FIRST_VERSION_WITH_SLOTS;
    } catch (WrongPasswordException | CorruptHeaderException e) {
      return false;
    }
  }

  /**
   * Returns the backup that opens, in place of a header.
   *
   * @param failure what became of the header; thrown if no backup opens, unless one is damaged and
   *     so shows that the keys are right
   */
  private UnlockedHeader backup(Places backups, FileSystemException failure) throws IOException {
    try {
      return lawful(byPassword(backups, host, true)).standingInFor(failure);
    } catch (WrongPasswordException e) {
      throw failure;
    } catch (CorruptHeaderException e) {
      throw failure instanceof CorruptHeaderException ? failure : e;
    }
  }

  /** Returns a header whose fields can be true of the host, or closes it. */
  private UnlockedHeader lawful(UnlockedHeader header) throws CorruptHeaderException, IOException {
    try {
      header.locate(host.size(), hostName);
      return header;
    } catch (IOException | RuntimeException | Error e) {
      header.close();
      throw e;
    }
  }

  /** Returns why a host has no place for a header. */
  private String noPlace() throws IOException {
    boolean longEnough = host.size() >= VolumeSizes.MIN_SIZE;
    if (longEnough && request.readsBackupOnly()) {
      return "volumes with such a hash or cipher have no backup headers";
    }
    String wanted = request.readsBackupOnly() ? "backup headers" : "a header and data";
    String formats =
        families.stream()
            .map(family -> family.format().displayName())
            .distinct()
            .collect(joining(" and "));
    return "%d bytes are too short for %s of %s%s"
        .formatted(host.size(), wanted, formats, failure(request).likeness(host));
  }

  private Places headersInFile(BlockDevice file, String name) throws NotAContainerException {
    Places places = family -> family.layout().headersInFile(file);
    String expected =
        request.hints().system()
            ? "the header of a system drive has %d bytes".formatted(TrueCryptHeader.SIZE)
            : "a file of headers has %d, %d, or at least %d bytes"
                .formatted(
                    TrueCryptHeader.SIZE, TrueCryptLayout.OLD_HEADER_FILE, TrueCryptLayout.SLOTS);
    if (!hasAny(places)) {
      throw new NotAContainerException(
          name, "%s; this file has %d".formatted(expected, file.size()));
    }
    return places;
  }

  private boolean hasAny(Places places) {
    return families.stream().anyMatch(family -> !suitable(places.apply(family)).isEmpty());
  }

  /** Returns the places where the wanted kind of volume has its header. */
  private List<HeaderSlot> suitable(List<HeaderSlot> slots) {
    return slots.stream()
        .filter(slot -> slot.suits(request.kind()))
        .map(slot -> slot.demanding(request.kind()))
        .toList();
  }

  /**
   * Finds the header by the password in UTF-8, then, if that is asked for, in ISO-8859-1.
   *
   * @param looked where the places are: the host, or a file of headers
   * @param ofBackups whether they are those of backups in the host
   */
  private UnlockedHeader byPassword(Places places, BlockDevice looked, boolean ofBackups)
      throws IOException {
    try {
      return search(places, looked, ofBackups, request);
    } catch (WrongPasswordException e) {
      UnlockRequest latin1 = request.inLatin1();
      if (latin1 == null) {
        throw e;
      }
      return search(places, looked, ofBackups, latin1);
    }
  }

  private UnlockedHeader search(
      Places places, BlockDevice looked, boolean ofBackups, UnlockRequest asked)
      throws IOException {
    TrialPlan plan = TrialPlan.of(families, family -> suitable(places.apply(family)), asked);
    Map<VolumeFormat, byte[]> passwords = new EnumMap<>(VolumeFormat.class);
    try {
      for (VolumeFormat format : plan.formats()) {
        passwords.put(format, asked.secrets().derivationInput(format));
      }
      progress.nextSearch();
      HeaderSearch search = new HeaderSearch(plan, BlockDeriver.of(passwords), progress);
      UnlockedHeader header = search.run();
      if (header != null) {
        return header;
      }
      throw failure(asked).of(plan, search.skipped(), looked, ofBackups);
    } catch (InterruptedException e) {
      throw Interrupts.asIoException(e);
    } finally {
      passwords.values().forEach(password -> Arrays.fill(password, (byte) 0));
    }
  }

  private UnlockFailure failure(UnlockRequest asked) {
    return new UnlockFailure(families, host, hostName, asked);
  }
}
