package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.CryptDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.NotAContainerException;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens volumes. A header does not say how it is encrypted, so every function and chain that the
 * request leaves open is tried, the cheap ones first. Where no header opens, or the one that does
 * is damaged, the backups are tried likewise.
 */
public final class Unlocker {

  private Unlocker() {}

  /**
   * Opens the volume in a host; of a {@link SystemDrive} the whole disk. This may take a minute
   * when nothing is known of the volume; an interrupt ends it.
   *
   * @param host holds the container from its first byte to its last; the volume takes it over, but
   *     stays with the caller when this method throws
   * @param hostName what exceptions call the host
   * @param request what to open it with; the caller keeps and closes it
   * @throws WrongPasswordException if no header opens; the message says what was tried, what the
   *     file looks like, and whether a backup header was read or may be there
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
    try (UnlockedHeader header = unlock(host, hostName, request)) {
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
    return new HeaderFinder(families, host, hostName, request).find();
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
}
