package dev.tcplay.volume;

import static java.util.stream.Collectors.joining;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.CryptDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.NotAContainerException;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Opens volumes. A header does not say how it is encrypted, so every function and chain that the
 * request leaves open is tried, the cheap ones first.
 */
public final class Unlocker {

  private final List<HeaderFamily> families;
  private final BlockDevice host;
  private final String hostName;
  private final UnlockRequest request;

  private Unlocker(
      List<HeaderFamily> families, BlockDevice host, String hostName, UnlockRequest request) {
    this.families = families.stream().filter(request::wants).toList();
    this.host = host;
    this.hostName = hostName;
    this.request = request;
  }

  /**
   * Opens the volume in a host; of a {@link SystemDrive} the whole disk. This may take a minute
   * when nothing is known of the volume; an interrupt ends it.
   *
   * @param host holds the container from its first byte to its last; the volume takes it over, but
   *     stays with the caller when this method throws
   * @param hostName what exceptions call the host
   * @param request what to open it with; the caller keeps and closes it
   * @throws WrongPasswordException if no header opens; the message says what was tried, what the
   *     file looks like, and whether a backup header may be there
   * @throws NotAContainerException if the host, or the file of headers, has an impossible size
   * @throws CorruptHeaderException if a header opens and one of its fields cannot be
   * @throws InterruptedIOException if the thread is interrupted while keys are derived; its flag
   *     stays set
   * @throws IllegalStateException if the request is closed
   * @throws IOException if a header or a keyfile cannot be read, or the heap cannot hold Argon2id
   *     that was asked for by name
   */
  public static OpenedVolume open(BlockDevice host, String hostName, UnlockRequest request)
      throws IOException {
    if (request.hints().system()) {
      try (SystemDrive drive = SystemDrive.open(host, hostName, request)) {
        return drive.disk(host);
      }
    }
    Unlocker unlocker = new Unlocker(request.hints().families(), host, hostName, request);
    try (UnlockedHeader header = unlocker.header()) {
      UnlockRequest hidden = request.protecting();
      return hidden == null
          ? mount(host, hostName, header)
          : HiddenVolumePlace.protect(host, hostName, header, hidden);
    }
  }

  /** Returns the header that the request opens, its fields not yet checked. */
  static UnlockedHeader unlock(BlockDevice host, String hostName, UnlockRequest request)
      throws IOException {
    return unlock(request.hints().families(), host, hostName, request);
  }

  /** Returns the header of one of the families that the request opens, its fields not checked. */
  static UnlockedHeader unlock(
      List<HeaderFamily> families, BlockDevice host, String hostName, UnlockRequest request)
      throws IOException {
    return new Unlocker(families, host, hostName, request).header();
  }

  /** Returns the volume that a header describes, with keys of its own. */
  static OpenedVolume mount(BlockDevice host, String hostName, UnlockedHeader header)
      throws CorruptHeaderException {
    DataArea area = header.locate(host.size(), hostName);
    List<String> warnings = new ArrayList<>(header.warnings());
    if (area.cut() != null) {
      warnings.add(area.cut());
    }
    BlockDevice window =
        area.cut() == null && !header.isDamaged()
            ? new LinearDevice(host, area.offset(), area.length())
            : LinearDevice.readOnly(host, Math.min(area.offset(), host.size()), area.length());
    BlockDevice plaintext = new CryptDevice(window, header.dataCipher(), header.firstUnit(area));
    return new OpenedVolume(plaintext, header.info(area), List.copyOf(warnings));
  }

  /** Finds the header by the password in UTF-8, then, if that is asked for, in ISO-8859-1. */
  private UnlockedHeader header() throws IOException {
    try {
      return headerByOneEncoding();
    } catch (WrongPasswordException e) {
      UnlockRequest latin1 = request.inLatin1();
      if (latin1 == null) {
        throw e;
      }
      return new Unlocker(families, host, hostName, latin1).headerByOneEncoding();
    }
  }

  private UnlockedHeader headerByOneEncoding() throws IOException {
    Path headerFile = request.headerFile();
    if (headerFile != null) {
      try (BlockDevice device =
          FileDevice.open(headerFile, HostOpen.reading().unlocked().by(hostName))) {
        return find(headersInFile(device, headerFile.toString()), device);
      }
    }
    BlockDevice device = request.headerDevice();
    if (device != null) {
      return find(headersInFile(device, hostName), device);
    }
    Function<HeaderFamily, List<HeaderSlot>> places =
        request.backupHeader()
            ? family -> family.layout().backups(host)
            : family -> family.layout().headers(host);
    if (!hasAny(places)) {
      throw new NotAContainerException(hostName, noPlace());
    }
    return find(places, host);
  }

  /** Returns why a host has no place for a header. */
  private String noPlace() throws IOException {
    boolean longEnough = host.size() >= VolumeSizes.MIN_SIZE;
    if (longEnough && request.backupHeader()) {
      return "volumes with such a hash or cipher have no backup headers";
    }
    String wanted = request.backupHeader() ? "backup headers" : "a header and data";
    String formats =
        families.stream()
            .map(family -> family.format().displayName())
            .distinct()
            .collect(joining(" and "));
    return "%d bytes are too short for %s of %s%s"
        .formatted(host.size(), wanted, formats, failure().likeness(host));
  }

  private Function<HeaderFamily, List<HeaderSlot>> headersInFile(BlockDevice file, String name)
      throws NotAContainerException {
    Function<HeaderFamily, List<HeaderSlot>> places = family -> family.layout().headersInFile(file);
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

  private boolean hasAny(Function<HeaderFamily, List<HeaderSlot>> places) {
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
   * Finds the header that opens.
   *
   * @param looked where the places are: the host, or a file of headers
   */
  private UnlockedHeader find(Function<HeaderFamily, List<HeaderSlot>> places, BlockDevice looked)
      throws IOException {
    TrialPlan plan = TrialPlan.of(families, family -> suitable(places.apply(family)), request);
    Map<VolumeFormat, byte[]> passwords = new EnumMap<>(VolumeFormat.class);
    try {
      for (VolumeFormat format : plan.formats()) {
        passwords.put(format, request.secrets().derivationInput(format));
      }
      HeaderSearch search =
          new HeaderSearch(plan, BlockDeriver.of(passwords), request.progressListener());
      UnlockedHeader header = search.run();
      if (header != null) {
        return header;
      }
      throw failure().of(plan, search.skipped(), looked);
    } catch (InterruptedException e) {
      throw Interrupts.asIoException(e);
    } finally {
      passwords.values().forEach(password -> Arrays.fill(password, (byte) 0));
    }
  }

  private UnlockFailure failure() {
    return new UnlockFailure(families, host, hostName, request);
  }
}
