package dev.tcplay.cli;

import dev.tcplay.ExistingSettings;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which header opens a container, and where in a file the container is. */
final class HeaderOptions {

  @Option(names = "--hidden", description = "Open the hidden volume only.")
  private boolean hidden;

  @Option(
      names = "--backup-header",
      negatable = true,
      description = {
        "Read the backup header at the end only, or (--no-backup-header) never. Without either it is"
            + " read if the header does not open or is damaged."
      })
  private @Nullable Boolean backupHeader;

  @Option(
      names = "--header-file",
      paramLabel = "PATH",
      description = "Take the header from the beginning of this file.")
  private @Nullable Path headerFile;

  @Option(
      names = "--system",
      description = "FILE is a system drive: a whole disk with its header in sector 62.")
  private boolean system;

  @Option(
      names = "--ignore-header-crc",
      description = "A last resort: open a header whose CRC is wrong, read-only.")
  private boolean ignoreHeaderCrc;

  @Option(
      names = "--password-encoding",
      paramLabel = "NAME",
      description = {
        "UTF-8, the default, or ISO-8859-1 (latin1): if a password with characters beyond ASCII opens"
            + " nothing in UTF-8, it is tried in that, too."
      })
  private @Nullable String passwordEncoding;

  @Option(
      names = "--offset",
      paramLabel = "N[K|M|G|T]",
      description = "Where the container starts in FILE, in bytes, KiB, MiB, GiB or TiB.")
  private @Nullable Size offset;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      completionCandidates = Choices.Formats.class,
      description = "VeraCrypt, TrueCrypt or plain; without it whichever opens.")
  private @Nullable String format;

  @Option(
      names = "--partition",
      paramLabel = "N",
      description =
          "Use this partition of a disk; without it the only one with a file system is mounted.")
  private @Nullable Integer partition;

  @Option(
      names = "--touch-host",
      description = {
        "Let the times of FILE tell when it was used; without it those of its last access and"
            + " modification stay."
      })
  private boolean touchHost;

  /** Returns the format as given, empty if none was. */
  Optional<String> format() {
    return Optional.ofNullable(format);
  }

  /** Returns where in FILE the container begins, in bytes, 0 if that was not said. */
  long start() {
    return offset == null ? 0 : offset.bytes();
  }

  /**
   * Returns what these options ask for.
   *
   * @throws IllegalArgumentException if one makes no sense
   */
  private HeaderRequest request() {
    return new HeaderRequest(
        hidden ? Boolean.TRUE : null,
        backupHeader,
        headerFile,
        system,
        ignoreHeaderCrc,
        passwordEncoding == null ? null : encoding(passwordEncoding),
        offset == null ? null : offset.bytes(),
        format,
        partition,
        touchHost);
  }

  /**
   * Sets these options.
   *
   * @throws IllegalArgumentException if one makes no sense
   */
  void setOn(ExistingSettings<?> settings) {
    request().setOn(settings);
  }

  private static Charset encoding(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--password-encoding must be UTF-8 or ISO-8859-1", e);
    }
  }
}
