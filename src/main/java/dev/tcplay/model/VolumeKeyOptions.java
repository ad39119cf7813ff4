package dev.tcplay.model;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What opens a volume without its header.
 *
 * @param file {@link ContainerOptions#VOLUME_KEY_FILE}
 * @param offset {@link ContainerOptions#VOLUME_OFFSET}
 * @param size {@link ContainerOptions#VOLUME_SIZE}
 */
public record VolumeKeyOptions(Path file, OptionalLong offset, OptionalLong size) {

  /** Reads the options, empty if there is no key file. */
  static Optional<VolumeKeyOptions> read(EnvReader reader) {
    OptionalLong offset = reader.bytes(ContainerOptions.VOLUME_OFFSET, 0, Long.MAX_VALUE);
    OptionalLong size = reader.bytes(ContainerOptions.VOLUME_SIZE, 1, Long.MAX_VALUE);
    Optional<Path> file = reader.path(ContainerOptions.VOLUME_KEY_FILE);
    if (file.isEmpty() && (offset.isPresent() || size.isPresent())) {
      throw new IllegalArgumentException(
          "%s and %s go with %s"
              .formatted(
                  ContainerOptions.VOLUME_OFFSET,
                  ContainerOptions.VOLUME_SIZE,
                  ContainerOptions.VOLUME_KEY_FILE));
    }
    return file.map(path -> new VolumeKeyOptions(path, offset, size));
  }
}
