package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.ProtectedRange;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the place of a hidden volume in its outer one, so that nothing is written there. */
final class HiddenVolumePlace {

  private HiddenVolumePlace() {}

  /**
   * Opens an outer volume, whose facts say where the hidden one is.
   *
   * @param outer the header that the keys of the outer volume opened
   * @param request what opens the hidden volume
   * @throws WrongPasswordException if {@code outer} is that of a hidden volume, or there is no
   *     hidden volume that the request opens
   */
  static OpenedVolume protect(
      BlockDevice host, String hostName, UnlockedHeader outer, UnlockRequest request)
      throws IOException {
    if (outer.fields().kind() == VolumeKind.HIDDEN) {
      throw new WrongPasswordException(
          hostName, "the keys of the normal volume open the hidden one, so nothing is protected");
    }
    DataArea whole = outer.locate(host.size(), hostName);
    try (UnlockedHeader hidden = Unlocker.unlock(host, hostName, request)) {
      ProtectedRange range = inside(whole, hidden, hidden.locate(host.size(), hostName));
      OpenedVolume opened = Unlocker.mount(host, hostName, outer);
      List<String> warnings = new ArrayList<>(opened.warnings());
      hidden.warnings().forEach(each -> warnings.add("the hidden volume: " + each));
      return new OpenedVolume(
          opened.plaintext(), opened.info().withProtected(range), List.copyOf(warnings));
    } catch (WrongPasswordException | CorruptHeaderException e) {
      String reason = "the hidden volume, which is to be protected, does not open: ";
      WrongPasswordException named =
          new WrongPasswordException(hostName, reason + e.getReason(), true);
      named.initCause(e);
      throw named;
    }
  }

  /** What lies outside of the outer volume's data area cannot be written anyway. */
  private static ProtectedRange inside(DataArea whole, UnlockedHeader header, DataArea hidden) {
    // Without slots the header stands behind the data, in the middle of the outer volume's.
    boolean hasSlot = header.fields().version() >= TrueCryptLayout.FIRST_VERSION_WITH_SLOTS;
    long behind = hidden.offset() + hidden.length() + (hasSlot ? 0 : TrueCryptHeader.SIZE);
    long start = Math.max(hidden.offset(), whole.offset());
    long end = Math.min(behind, whole.offset() + whole.length());
    return new ProtectedRange(start, Math.max(0, end - start));
  }
}
