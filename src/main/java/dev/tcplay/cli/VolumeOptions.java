package dev.tcplay.cli;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say which volume of a file is opened; every command on one has them. */
final class VolumeOptions {

  @Option(names = "--hidden", description = "Open the hidden volume only.")
  private boolean hidden;

  @Option(names = "--backup-header", description = "Use the backup header at the end.")
  private boolean backupHeader;

  @Option(names = "--plain", description = "FILE is a disk image that is not encrypted.")
  private boolean plain;

  /** Returns an opener with these options, that opens read-only. */
  ContainerOpener opener(Path container) {
    ContainerOpener opener = Tcplay.open(container).readOnly(true);
    if (hidden) {
      opener.hidden(true);
    }
    if (plain) {
      opener.format("plain");
    }
    return opener.backupHeader(backupHeader);
  }
}
