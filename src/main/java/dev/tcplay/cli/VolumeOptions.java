package dev.tcplay.cli;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which volume of a file is opened; every command on one has them. */
final class VolumeOptions {

  private static final String PLAIN = "plain";

  @Option(names = "--hidden", description = "Open the hidden volume only.")
  private boolean hidden;

  @Option(names = "--backup-header", description = "Use the backup header at the end.")
  private boolean backupHeader;

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
      names = {"-s", "--system-disk"},
      paramLabel = "DISK",
      description = "FILE is one partition of this system drive, which holds the header.")
  private @Nullable Path systemDisk;

  @Option(
      names = "--fde",
      description = "Show the whole system drive, with its clear sectors as they are.")
  private boolean fde;

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
      paramLabel = "NAME",
      description = "VeraCrypt, TrueCrypt or plain; without it whichever opens.")
  private @Nullable String format;

  @Option(
      names = "--plain",
      description = "FILE is a disk image that is not encrypted; the same as --format plain.")
  private boolean plain;

  @Option(
      names = "--partition",
      paramLabel = "N",
      description =
          "Use this partition of a disk; without it the only one with a file system is mounted.")
  private @Nullable Integer partition;

  @Mixin private LocalOptions local = new LocalOptions();

  /**
   * Returns an opener with these options, that opens read-only.
   *
   * @throws IllegalArgumentException if they make no sense
   */
  ContainerOpener opener(Path container) {
    ContainerOpener opener = Tcplay.open(container).readOnly(true);
    if (hidden) {
      opener.hidden(true);
    }
    if (plain && format != null && !format.toLowerCase(Locale.ROOT).equals(PLAIN)) {
      throw new IllegalArgumentException("--plain and --format " + format + " exclude each other");
    }
    if (plain) {
      opener.format(PLAIN);
    } else if (format != null) {
      opener.format(format);
    }
    Optional.ofNullable(headerFile).ifPresent(opener::headerFile);
    Optional.ofNullable(systemDisk).ifPresent(opener::systemDisk);
    if (system) {
      opener.system(true);
    }
    if (fde) {
      opener.fde(true);
    }
    Optional.ofNullable(offset).ifPresent(start -> opener.offset(start.bytes()));
    Optional.ofNullable(partition).ifPresent(opener::partition);
    Optional.ofNullable(passwordEncoding)
        .map(VolumeOptions::encoding)
        .ifPresent(opener::passwordEncoding);
    if (ignoreHeaderCrc) {
      opener.ignoreHeaderCrc(true);
    }
    local.setOn(opener);
    return opener.backupHeader(backupHeader);
  }

  private static Charset encoding(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--password-encoding must be UTF-8 or ISO-8859-1", e);
    }
  }
}
