package dev.tcplay.cli;

import dev.tcplay.ContainerCreator;
import dev.tcplay.ContainerOpener;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what a file system leaves to the place where it is used. */
final class LocalOptions {

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description =
          "The zone of the times in a FAT volume or a zip, such as Europe/Berlin; by default the"
              + " system's.")
  private @Nullable ZoneId zone;

  @Option(
      names = "--code-page",
      paramLabel = "NAME",
      description =
          "The character set of FAT's short names and zips' old ones, such as IBM850; by default"
              + " IBM437.")
  private @Nullable Charset codePage;

  /** Sets these options. */
  void setOn(ContainerOpener opener) {
    Optional.ofNullable(zone).ifPresent(opener::zone);
    Optional.ofNullable(codePage).ifPresent(opener::codePage);
  }

  /** Sets these options. */
  void setOn(ContainerCreator creator) {
    Optional.ofNullable(zone).ifPresent(creator::zone);
    Optional.ofNullable(codePage).ifPresent(creator::codePage);
  }

  /** Reads the name of a zone. */
  static ZoneId parseZone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new TypeConversionException("expected a zone such as Europe/Berlin, UTC or +02:00");
    }
  }

  /** Reads the name of a character set. */
  static Charset parseCodePage(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("expected a character set that Java knows, such as IBM850");
    }
  }
}
