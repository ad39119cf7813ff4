package dev.tcplay;

import dev.tcplay.container.ExpansionWork;
import dev.tcplay.model.ContainerOption;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.ExpandedVolume;
import dev.tcplay.model.Keys;
import dev.tcplay.model.WriteListener;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets one container grow, with the file system in it; made by {@link Tcplay#expand}.
 *
 * <pre>{@code
 * Tcplay.expand(Path.of("secret.hc")).keys(keys).expand(4L << 30);
 * }</pre>
 *
 * <p>A file gets longer; of a block device, or of a partition that {@link #partition} names, only
 * the headers move to its end. A volume of TrueCrypt 1 to 5 and a system drive cannot grow, and
 * none becomes smaller. Not safe for use by several threads; it may work any number of times.
 */
public final class ContainerExpansion extends ExistingSettings<ContainerExpansion> {

  private final Path container;
  private SecureRandom random = new SecureRandom();
  private @Nullable WriteListener writeProgress;
  private boolean force;

  ContainerExpansion(Path container) {
    this.container = container;
  }

  /**
   * Sets {@link ContainerOptions#PROTECT_HIDDEN}, keys that must not be closed yet. Without them a
   * hidden volume stays whole too: nothing is written where it can be, but what its outer volume
   * gets for files is no longer all behind it.
   */
  public ContainerExpansion protectHidden(Keys hidden) {
    return set(ContainerOption.PROTECT_HIDDEN, hidden);
  }

  /**
   * Lets a hidden volume grow, too, if its keys are given: inside of its outer volume, which must
   * have grown before by its own keys, up to the end of the data less the 131072 bytes that
   * VeraCrypt leaves there (4096 in a small one). What the outer volume keeps there is lost. By
   * default a hidden volume is refused.
   */
  public ContainerExpansion force(boolean wanted) {
    force = wanted;
    return this;
  }

  /** Sets where salts and noise come from, in place of {@code new SecureRandom()}. */
  public ContainerExpansion random(SecureRandom source) {
    random = source;
    return this;
  }

  /**
   * Sets who learns how many of the new bytes are written; what it throws ends the growth, and all
   * is as it was.
   */
  public ContainerExpansion writeProgress(WriteListener listener) {
    writeProgress = listener;
    return this;
  }

  /**
   * Lets the container grow as far as there is room: a file by the space that its file store has, a
   * block device and a file that is longer than its volume to their end. Otherwise as {@link
   * #expand(long)}.
   */
  public ExpandedVolume expandToMost() throws IOException {
    return work().expand(OptionalLong.empty(), force);
  }

  /**
   * Lets the container grow. Its new bytes become noise; the backup headers are written at the new
   * end, read back and opened, their old place is overwritten, and then the header is written. The
   * header of another volume, hidden or outer, is copied as it stands, so a hidden volume stays
   * whole. Last the file system grows in place, where its driver can: a FAT one as far as its table
   * has room.
   *
   * <p>At every moment the volume opens by its header or the backup, with the old size or the new
   * one, also after a power cut; calling this once more with the same size ends the work. An
   * interrupt while the new bytes are written leaves the container as it was.
   *
   * @param size bytes of the container afterwards, headers included: a multiple of 512, at least
   *     131072 more than before, and at most 2^50. Of a block device or a partition, its size
   * @return what the container and its file system have afterwards
   * @throws IllegalArgumentException if an option or the size does not fit; nothing was written
   * @throws dev.tcplay.model.MissingCredentialsException if there is neither a password nor a
   *     keyfile
   * @throws dev.tcplay.model.WrongPasswordException if no header opens
   * @throws dev.tcplay.model.CorruptHeaderException if a header opens and its fields cannot be true
   *     of this container
   * @throws java.nio.file.AccessDeniedException if the container cannot be written
   * @throws dev.tcplay.block.host.HostInUseException if the container is open elsewhere
   * @throws java.nio.file.FileSystemException if the volume cannot grow to that size, or has it
   *     already; or if the host fails or the thread is interrupted meanwhile: it says in what state
   *     the container is
   * @throws IOException if a keyfile cannot be read or the container not be read
   */
  public ExpandedVolume expand(long size) throws IOException {
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative");
    }
    return work().expand(OptionalLong.of(size), force);
  }

  private ExpansionWork work() {
    if (env().containsKey(ContainerOptions.HEADER_FILE)) {
      throw new IllegalArgumentException(
          ContainerOptions.HEADER_FILE + " must be absent: restore the header from the file first");
    }
    return new ExpansionWork(container, env(), random, writeProgress);
  }
}
