package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.GuardDevice;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.Keys;
import dev.tcplay.model.MissingCredentialsException;
import dev.tcplay.model.ParsedOptions;
import dev.tcplay.model.ProtectedRange;
import dev.tcplay.model.ProtectionListener;
import dev.tcplay.model.VolumeInfo;
import java.nio.file.Path;
import java.util.Optional;

/** What keeps a hidden volume from being overwritten through its outer one. */
final class HiddenGuard {

  private HiddenGuard() {}

  /**
   * Returns the keys of the hidden volume that is to be protected, which nobody but the caller is
   * asked for; empty if none is.
   *
   * @throws MissingCredentialsException if they have no secrets
   */
  static Optional<Keys> keys(Path place, ParsedOptions options) throws MissingCredentialsException {
    Optional<Keys> hidden = options.protectHidden();
    if (hidden.isPresent() && !hidden.get().haveSecrets()) {
      throw new MissingCredentialsException(
          place.toString(),
          ContainerOptions.PROTECT_HIDDEN + " has no password or keyfile of the hidden volume",
          true);
    }
    return hidden;
  }

  /**
   * Puts a guard over a device; closing it closes that.
   *
   * @param info the facts of what the device shows, a volume or a part of one: of its protected
   *     range counts what lies in there
   */
  static GuardDevice over(BlockDevice plaintext, VolumeInfo info, ProtectionListener listener) {
    ProtectedRange range = info.protectedRange().orElse(new ProtectedRange(info.dataOffset(), 0));
    long size = plaintext.size();
    long from = range.start() - info.dataOffset();
    long start = Math.min(size, Math.max(0, from));
    long end = Math.min(size, Math.max(start, from + range.length()));
    return new GuardDevice(
        plaintext, start, end - start, refusal -> listener.refused(refusal.getReason()));
  }
}
