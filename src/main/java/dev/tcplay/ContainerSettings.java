package dev.tcplay;

import dev.tcplay.model.ContainerOption;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.KeySettings;
import java.nio.charset.Charset;
import java.time.ZoneId;

/**
 * What opening a container and making one have in common besides the keys.
 *
 * @param <S> the type of the settings themselves, which every setter returns
 */
public abstract class ContainerSettings<S extends ContainerSettings<S>> extends KeySettings<S> {

  ContainerSettings() {}

  /**
   * Sets {@link ContainerOptions#FORMAT}. A new container is {@code VeraCrypt}'s by default, or
   * {@code TrueCrypt}'s.
   */
  public final S format(String format) {
    return set(ContainerOption.FORMAT, format);
  }

  /**
   * Sets {@link ContainerOptions#FILESYSTEM}. In a new container {@code fat} and {@code exfat} make
   * a file system, by default the one that suits the size, and {@code raw} none: the volume then
   * holds noise, or zeros under no key where it is made quickly.
   */
  public final S filesystem(String driver) {
    return set(ContainerOption.FILESYSTEM, driver);
  }

  /** Sets {@link ContainerOptions#ZONE}, in which a new label is dated, too. */
  public final S zone(ZoneId zone) {
    return set(ContainerOption.ZONE, zone);
  }

  /** Sets {@link ContainerOptions#CODE_PAGE}, in which a new label is written, too. */
  public final S codePage(Charset codePage) {
    return set(ContainerOption.CODE_PAGE, codePage);
  }

  /**
   * Sets {@link ContainerOptions#KEEP_HOST_TIMES}. Of what is made it counts where a file is
   * overwritten in place, or gets a hidden volume.
   */
  public final S keepHostTimes(boolean keep) {
    return set(ContainerOption.KEEP_HOST_TIMES, keep);
  }
}
