package dev.tcplay.container;

import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.WriteListener;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * What a container is to be like, besides what {@link dev.tcplay.model.ContainerOptions} say of
 * every container.
 *
 * @param size bytes of the whole file, as {@link dev.tcplay.ContainerCreator#size} says
 * @param quick whether what nothing was written to is left as a hole
 * @param replaceExisting whether a file that exists is replaced
 * @param random where keys, salts and noise come from, empty for the JDK's default
 * @param fileSystem the file system inside
 * @param progress the listener that learns how far the writing has come
 */
public record NewContainer(
    long size,
    boolean quick,
    boolean replaceExisting,
    Optional<SecureRandom> random,
    NewFileSystem fileSystem,
    Optional<WriteListener> progress) {}
