package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcplay touch}: makes empty files and sets times. */
@Command(
    name = "touch",
    description = "Sets the times of change and access; makes an empty file of what is missing.")
final class TouchCommand extends ChangeCommand {

  @Option(
      names = "--time",
      paramLabel = "T",
      description = {
        "The time by ISO 8601, such as 2024-05-06, 2024-05-06T07:08 or 2024-05-06T07:08:09Z; without"
            + " a zone it is local. By default it is now."
      })
  private @Nullable String time;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files and directories in the volume.")
  private List<String> paths = List.of();

  TouchCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    // Before a password is asked for or a key derived.
    time();
    super.run();
  }

  @Override
  void change(FileSystem volume, FailureLog failures) {
    FileTime wanted = FileTime.from(time());
    for (String path : paths) {
      RunningCommand.check();
      try {
        touch(Tree.find(volume, path), wanted);
      } catch (IOException e) {
        failures.add(e);
      } catch (IllegalArgumentException e) {
        // A time that the file system cannot keep.
        failures.add(new FileSystemException(path, null, e.getMessage()));
      }
    }
  }

  private static void touch(Path path, FileTime wanted) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.createFile(path);
    }
    Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(wanted, wanted, null);
  }

  private Instant time() {
    if (time == null) {
      return Instant.now();
    }
    try {
      return parse(time, ZoneId.systemDefault());
    } catch (DateTimeException e) {
      throw misuse("--time must be as in 2024-05-06, 2024-05-06T07:08:09 or 2024-05-06T07:08:09Z");
    }
  }

  /**
   * Reads a date, or a date and a time, with a zone or in the given one.
   *
   * @throws DateTimeException if the text is no such thing
   */
  static Instant parse(String text, ZoneId zone) {
    if (text.indexOf('T') < 0) {
      return LocalDate.parse(text).atStartOfDay(zone).toInstant();
    }
    TemporalAccessor read =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
    return read instanceof LocalDateTime local
        ? local.atZone(zone).toInstant()
        : Instant.from(read);
  }
}
