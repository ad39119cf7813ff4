package dev.tcplay.cli;

import dev.tcplay.ExistingSettings;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which header opens a container, and where in a file the container is, in whichever words somebody
 * has said so. What is null was not said.
 *
 * @param hidden whether only the hidden volume is opened (true) or only the normal one (false)
 * @param backup whether the backup header is read only (true) or never (false)
 * @param file where the header is read in place of the container
 * @param system whether the container is a system drive
 * @param ignoreCrc whether a header opens though its CRC is wrong
 * @param passwordEncoding in which a password is tried, too
 * @param start where in its file the container begins, in bytes
 * @param format the name of the only format
 * @param partition the number of a partition
 * @param touchHost whether the times of the file tell when it was used
 */
record HeaderRequest(
    @Nullable Boolean hidden,
    @Nullable Boolean backup,
    @Nullable Path file,
    boolean system,
    boolean ignoreCrc,
    @Nullable Charset passwordEncoding,
    @Nullable Long start,
    @Nullable String format,
    @Nullable Integer partition,
    boolean touchHost) {

  /** Asks for a header, of a container that fills its file. */
  HeaderRequest(
      @Nullable Boolean hidden, @Nullable Boolean backup, @Nullable Path file, boolean system) {
    this(hidden, backup, file, system, false, null, null, null, null, false);
  }

  /**
   * Sets what is said.
   *
   * @throws IllegalArgumentException if something makes no sense
   */
  void setOn(ExistingSettings<?> settings) {
    if (hidden != null) {
      settings.hidden(hidden);
    }
    if (backup != null) {
      settings.backupHeader(backup);
    }
    if (file != null) {
      settings.headerFile(file);
    }
    if (system) {
      settings.system(true);
    }
    if (ignoreCrc) {
      settings.ignoreHeaderCrc(true);
    }
    if (passwordEncoding != null) {
      settings.passwordEncoding(passwordEncoding);
    }
    if (start != null) {
      settings.offset(start);
    }
    if (format != null) {
      settings.format(format);
    }
    if (partition != null) {
      settings.partition(partition);
    }
    settings.keepHostTimes(!touchHost);
  }

  /** Returns the options of a subcommand that say which header opens. */
  List<String> headerOptions() {
    List<String> options = new ArrayList<>();
    if (hidden != null && hidden) {
      options.add("--hidden");
    }
    if (backup != null) {
      options.add(backup ? "--backup-header" : "--no-backup-header");
    }
    if (file != null) {
      options.addAll(List.of("--header-file", file.toString()));
    }
    if (system) {
      options.add("--system");
    }
    return options;
  }
}
