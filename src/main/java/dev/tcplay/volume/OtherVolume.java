package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.Keys;
import dev.tcplay.model.NotAContainerException;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Of the normal and the hidden volume of a container the one that is not changed, of which only
 * keys that open it tell.
 *
 * @param host the container
 * @param hostName what exceptions call it
 * @param kind of this volume
 * @param format of this volume, null if it may be any
 */
record OtherVolume(BlockDevice host, String hostName, VolumeKind kind, @Nullable String format) {

  /** Returns the one beside a volume. */
  static OtherVolume beside(UnlockedHeader header, BlockDevice host, String hostName) {
    boolean isNormal = header.fields().kind() == VolumeKind.NORMAL;
    boolean mayDiffer = header.fields().version() >= TrueCryptLayout.FIRST_VERSION_WITH_SLOTS;
    return new OtherVolume(
        host,
        hostName,
        isNormal ? VolumeKind.HIDDEN : VolumeKind.NORMAL,
        mayDiffer ? null : header.format().displayName());
  }

  /**
   * Throws if secrets that shall open the volume beside open this one, too: whoever gives them
   * would be led to the normal one, and the hidden one be lost to its owner. The header is tried by
   * one hash, the new one: to try all would take as long as a wrong password.
   *
   * @param prf the new hash
   * @param pim 0 for the default
   * @throws IllegalArgumentException if they do
   * @throws IOException if a keyfile cannot be read, the host fails or the thread is interrupted
   */
  void checkStaysShut(Secrets secrets, Prf prf, int pim) throws IOException {
    try (Keys keys = secrets.keys(prf.id(), pim);
        UnlockRequest request =
            UnlockRequest.builder()
                .keys(keys)
                .format(format)
                .hidden(kind == VolumeKind.HIDDEN)
                .backupHeader(false)
                .build();
        UnlockedHeader header = Unlocker.unlock(host, hostName, request)) {
      throw refusal(header.fields().kind());
    } catch (CorruptHeaderException e) {
      throw refusal(kind);
    } catch (WrongPasswordException | NotAContainerException e) {
      // As it should be.
    }
  }

  private static IllegalArgumentException refusal(VolumeKind opened) {
    return new IllegalArgumentException(
        "password: expected another one, or other keyfiles, as these open the %s volume, too, and the hidden one would not be found any more"
            .formatted(opened.id()));
  }
}
