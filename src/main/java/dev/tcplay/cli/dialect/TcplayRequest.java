package dev.tcplay.cli.dialect;

import static dev.tcplay.cli.dialect.TcplayOption.*;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What tcplay(8) is asked for: one task, and options that go with it. */
public final class TcplayRequest implements TcplayLine {

  /** How often a passphrase is asked for until one opens. */
  private static final int TRIES = 3;

  private final TcplayOption task;
  private final Map<TcplayOption, List<String>> values;
  private final String warnings;

  private TcplayRequest(
      TcplayOption task, Map<TcplayOption, List<String>> values, String warnings) {
    this.task = task;
    this.values = values;
    this.warnings = warnings;
  }

  /**
   * Makes a request of options.
   *
   * @param warnings what is to be said of them on standard error
   * @throws UsageException if they do not fit together
   */
  static TcplayRequest of(Map<TcplayOption, List<String>> values, String warnings)
      throws UsageException {
    List<TcplayOption> tasks =
        Stream.of(CREATE, INFO, INFO_MAPPED, MAP, UNMAP, MODIFY)
            .filter(values::containsKey)
            .toList();
    if (tasks.size() != 1) {
      throw new UsageException("");
    }
    TcplayRequest request = new TcplayRequest(tasks.get(0), values, warnings);
    request.check();
    return request;
  }

  private void check() throws UsageException {
    boolean onVolume = task != INFO_MAPPED && task != UNMAP;
    demand(!onVolume || has(DEVICE));
    demand(!(has(SYSTEM_ENCRYPTION) && has(FDE)));
    demand(!has(HIDDEN) || task == CREATE);
    demand(!(usesBackup() && (has(SYSTEM_ENCRYPTION) || has(FDE))));
    demand(!has(RESTORE_FROM_BACKUP_HDR) || !(has(NEW_KEYFILE) || has(NEW_PBKDF_PRF)));
    demand(
        task == MODIFY
            || Stream.of(NEW_KEYFILE, NEW_PBKDF_PRF, RESTORE_FROM_BACKUP_HDR, SAVE_HDR_BACKUP)
                .noneMatch(this::has));
    demand(!has(KEYFILE_HIDDEN) || has(PROTECT_HIDDEN) || task == CREATE);
  }

  private static void demand(boolean holds) throws UsageException {
    if (!holds) {
      throw new UsageException("");
    }
  }

  /** Returns what is to be done: CREATE, INFO, INFO_MAPPED, MAP, UNMAP or MODIFY. */
  public TcplayOption task() {
    return task;
  }

  /** Returns what is to be said of the options on standard error, lines or nothing. */
  public String warnings() {
    return warnings;
  }

  /** Returns whether an option was given. */
  public boolean has(TcplayOption option) {
    return values.containsKey(option);
  }

  /** Returns the value of an option; of several the last one counts. */
  public Optional<String> value(TcplayOption option) {
    List<String> all = values(option);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** Returns all values of an option. */
  public List<String> values(TcplayOption option) {
    return values.getOrDefault(option, List.of());
  }

  /** Returns the device, of a task on one. */
  public String device() {
    return value(DEVICE).orElseThrow();
  }

  /** Returns whether the backup header is used in place of the header. */
  public boolean usesBackup() {
    return has(USE_BACKUP) || has(RESTORE_FROM_BACKUP_HDR);
  }

  /** Returns how often a passphrase is asked for at most. */
  public int tries() {
    return has(NO_RETRIES) ? 1 : TRIES;
  }

  /** Returns whether keyfiles are tried first without a passphrase. */
  public boolean triesKeyfilesAlone() {
    return has(KEYFILE) && !has(PROMPT_PASSPHRASE);
  }
}
