package dev.tcplay.cli;

import dev.tcplay.ContainerCreator;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say where a new container is written, and what may be there. */
final class NewPlaceOptions {

  @Option(
      names = "--force",
      description = {
        "Replace FILE if it exists, whatever it holds; with --hidden: also where nobody knows how"
            + " much of the outer volume is in use."
      })
  private boolean force;

  @Option(
      names = "--in-place",
      description = {
        "Overwrite FILE where it is, in place of writing a new one beside it; a block device always"
            + " is. Its size is that of FILE."
      })
  private boolean inPlace;

  @Option(
      names = "--resume",
      description = {
        "Write FILE.part, keep it when the command is stopped, and go on with it if it is there."
      })
  private boolean resume;

  @Option(
      names = "--resume-at",
      paramLabel = "N",
      defaultValue = "0",
      description = "In place, go on from this byte, which the message of a stop names.")
  private Size resumeAt = new Size(0);

  @Option(
      names = "--touch-host",
      description = {
        "Let the times of a FILE that exists tell when a hidden volume was made in it, or it was"
            + " overwritten in place; without it they stay."
      })
  private boolean touchHost;

  /** Sets them. */
  void setOn(ContainerCreator creator) {
    creator
        .replaceExisting(force)
        .trustSize(force)
        .inPlace(inPlace)
        .resume(resume)
        .resumeAt(resumeAt.bytes())
        .keepHostTimes(!touchHost);
  }

  /** Returns how a stop leaves a container that was to be made; what is in place says it itself. */
  String left(Path file) {
    String left = NewFile.left(file);
    Path part = Path.of(file + ".part");
    return resume && Files.exists(part) ? left + "; --resume goes on with " + part : left;
  }
}
