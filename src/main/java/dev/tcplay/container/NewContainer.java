package dev.tcplay.container;

import dev.tcplay.model.Keys;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.WriteListener;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a container is to be like, besides what {@link dev.tcplay.model.ContainerOptions} say of
 * every container.
 *
 * @param size bytes of the whole file, or of what a hidden volume takes, as {@link
 *     dev.tcplay.ContainerCreator#size} says; 0 if nobody said, {@link #LARGEST} for all there is
 * @param quick whether what nothing was written to is left as it is
 * @param replaceExisting whether what exists is replaced
 * @param going how the making goes on after an earlier attempt
 * @param random where keys, salts and noise come from, empty for the JDK's default
 * @param fileSystem the file system inside
 * @param progress the listener that learns how far the writing has come
 * @param advice who is told what weakens the container
 * @param inside the hidden volume that is made with it
 * @param outer the keys of the container in which a hidden volume is made, and nothing else
 * @param trustSize whether that is made, too, where nobody knows what the outer one holds
 */
public record NewContainer(
    long size,
    boolean quick,
    boolean replaceExisting,
    Going going,
    Optional<SecureRandom> random,
    NewFileSystem fileSystem,
    Optional<WriteListener> progress,
    Consumer<String> advice,
    Optional<Inside> inside,
    Optional<Keys> outer,
    boolean trustSize) {

  /** As much as there is room for. */
  public static final long LARGEST = Long.MAX_VALUE;

  /**
   * How the making goes on after an earlier attempt.
   *
   * @param inPlace whether what exists is overwritten where it is
   * @param resume whether what an earlier attempt has left beside the place is gone on with
   * @param from in place, up to where an earlier attempt has come
   */
  public record Going(boolean inPlace, boolean resume, long from) {}

  /**
   * A hidden volume.
   *
   * @param size what it takes of the outer one, or {@link #LARGEST}
   * @param keys what is to open it; the caller's
   */
  public record Inside(long size, Keys keys) {}
}
