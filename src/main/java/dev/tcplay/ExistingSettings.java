package dev.tcplay;

import dev.tcplay.model.ContainerOption;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.UnlockListener;
import java.nio.charset.Charset;
import java.nio.file.Path;

/**
 * What all that is done with an existing container has in common: which of its headers opens it,
 * and how.
 *
 * @param <S> the type of the settings themselves, which every setter returns
 */
public abstract class ExistingSettings<S extends ExistingSettings<S>> extends ContainerSettings<S> {

  ExistingSettings() {}

  /** Sets {@link ContainerOptions#HIDDEN}. */
  public final S hidden(boolean hidden) {
    return set(ContainerOption.HIDDEN, hidden);
  }

  /** Sets {@link ContainerOptions#BACKUP_HEADER}. */
  public final S backupHeader(boolean backup) {
    return set(ContainerOption.BACKUP_HEADER, backup);
  }

  /** Sets {@link ContainerOptions#HEADER_FILE}. */
  public final S headerFile(Path file) {
    return set(ContainerOption.HEADER_FILE, file);
  }

  /** Sets {@link ContainerOptions#SYSTEM}. */
  public final S system(boolean system) {
    return set(ContainerOption.SYSTEM, system);
  }

  /** Sets {@link ContainerOptions#IGNORE_HEADER_CRC}. */
  public final S ignoreHeaderCrc(boolean ignore) {
    return set(ContainerOption.IGNORE_HEADER_CRC, ignore);
  }

  /** Sets {@link ContainerOptions#PASSWORD_ENCODING}, to UTF-8 or ISO-8859-1. */
  public final S passwordEncoding(Charset encoding) {
    return set(ContainerOption.PASSWORD_ENCODING, encoding);
  }

  /** Sets {@link ContainerOptions#LOCK}. */
  public final S lock(boolean lock) {
    return set(ContainerOption.LOCK, lock);
  }

  /** Sets {@link ContainerOptions#OFFSET}. */
  public final S offset(long bytes) {
    return set(ContainerOption.OFFSET, bytes);
  }

  /** Sets {@link ContainerOptions#PARTITION}. */
  public final S partition(int number) {
    return set(ContainerOption.PARTITION, number);
  }

  /** Sets {@link ContainerOptions#PROGRESS}. */
  public final S progress(UnlockListener listener) {
    return set(ContainerOption.PROGRESS, listener);
  }
}
