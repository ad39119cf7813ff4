package dev.tcplay.cli;

import dev.tcplay.model.NewFileSystem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what an empty file system is to be like. */
final class FileSystemOptions {

  @Option(
      names = "--label",
      paramLabel = "TEXT",
      description = "The label of the volume, at most 11 characters.")
  private @Nullable String label;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      completionCandidates = Choices.FileSystemTypes.class,
      description =
          "fat12, fat16, fat32 or exfat; by default what suits the size, exfat above 2 TiB. The volume"
              + " has at least 36K for fat12, 2085K for fat16, 33311K for fat32, 1M for exfat.")
  private @Nullable String type;

  /** Returns what these options ask for. */
  NewFileSystem wanted() {
    NewFileSystem wanted = type == null ? new NewFileSystem() : new NewFileSystem().withType(type);
    return label == null ? wanted : wanted.withLabel(label);
  }
}
