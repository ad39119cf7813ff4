package dev.tcplay.container;

import dev.tcplay.model.Keys;
import dev.tcplay.model.ParsedOptions;
import dev.tcplay.volume.UnlockRequest;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes requests to unlock a volume out of the options of its container. */
final class UnlockRequests {

  private UnlockRequests() {}

  /** Returns whether the options ask for the hidden operating system of a drive. */
  static boolean hiddenSystem(ParsedOptions options) {
    return options.system() && options.hidden().orElse(false);
  }

  /**
   * Returns what options say, with keys that stay the caller's; the caller closes it.
   *
   * @throws IllegalArgumentException if an option does not fit
   * @throws IOException if the file of the password cannot be read
   */
  static UnlockRequest of(ParsedOptions options, Keys keys) throws IOException {
    return builder(options, keys).build();
  }

  /**
   * Returns the same to open a volume in which a hidden one may have to be protected.
   *
   * @param place what exceptions call the container
   */
  static UnlockRequest opening(Path place, ParsedOptions options, Keys keys) throws IOException {
    return builder(options, keys)
        .protectHidden(HiddenGuard.keys(place, options).orElse(null))
        .build();
  }

  /** Of a hidden system, for which all partitions are tried, no backup is read unless asked for. */
  private static @Nullable Boolean backupHeader(ParsedOptions options) {
    return options.backupHeader().orElse(hiddenSystem(options) ? Boolean.FALSE : null);
  }

  private static UnlockRequest.Builder builder(ParsedOptions options, Keys keys) {
    UnlockRequest.Builder builder =
        UnlockRequest.builder()
            .keys(keys)
            .system(options.system() && !hiddenSystem(options))
            .format(options.format().orElse(null))
            .hidden(options.hidden().orElse(null))
            .backupHeader(backupHeader(options))
            .headerFile(options.headerFile().orElse(null))
            .ignoreHeaderCrc(options.ignoreHeaderCrc())
            .passwordEncoding(options.passwordEncoding());
    options.progress().ifPresent(builder::progress);
    return builder;
  }
}
