package dev.tcplay.cli;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which volume of a file is opened; every command on one has them. */
final class VolumeOptions {

  private static final String PLAIN = "plain";

  @Mixin private HeaderOptions header = new HeaderOptions();

  @Option(
      names = "--volume-key-file",
      paramLabel = "KEYFILE",
      description = {
        "Open FILE without any header by its master key, as header key --to writes it; needs"
            + " --cipher."
      })
  private @Nullable Path volumeKeyFile;

  @Option(
      names = "--volume-offset",
      paramLabel = "N[K|M|G|T]",
      description = "With it: where the data begin in FILE; 131072 by default.")
  private @Nullable Size volumeOffset;

  @Option(
      names = "--volume-size",
      paramLabel = "N[K|M|G|T]",
      description = "With it: how long the data are; up to 131072 bytes before the end by default.")
  private @Nullable Size volumeSize;

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
      names = "--plain",
      description = "FILE is a disk image that is not encrypted; the same as --format plain.")
  private boolean plain;

  @Mixin private LocalOptions local = new LocalOptions();

  /**
   * Returns an opener with these options, that opens read-only.
   *
   * @throws IllegalArgumentException if they make no sense
   */
  ContainerOpener opener(Path container) {
    ContainerOpener opener = Tcplay.open(container).readOnly(true);
    Optional<String> other =
        header.format().filter(name -> !name.toLowerCase(Locale.ROOT).equals(PLAIN));
    if (plain && other.isPresent()) {
      throw new IllegalArgumentException(
          "--plain and --format " + other.get() + " exclude each other");
    }
    header.setOn(opener);
    if (plain) {
      opener.format(PLAIN);
    }
    Optional.ofNullable(volumeKeyFile).ifPresent(opener::volumeKeyFile);
    Optional.ofNullable(volumeOffset).ifPresent(start -> opener.volumeOffset(start.bytes()));
    Optional.ofNullable(volumeSize).ifPresent(length -> opener.volumeSize(length.bytes()));
    Optional.ofNullable(systemDisk).ifPresent(opener::systemDisk);
    if (fde) {
      opener.fde(true);
    }
    local.setOn(opener);
    return opener;
  }
}
