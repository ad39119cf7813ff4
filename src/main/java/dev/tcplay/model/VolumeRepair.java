package dev.tcplay.model;

import java.util.Optional;

/**
 * How a volume is repaired.
 *
 * @param keepLost the directory in the volume in which space that belongs to no file is kept as
 *     files; it is made if it is missing. Empty: such space is freed
 */
public record VolumeRepair(Optional<String> keepLost) {

  /** Makes a choice that frees what belongs to no file. */
  public VolumeRepair() {
    this(Optional.empty());
  }

  /** Returns the same with a directory for what belongs to no file. */
  public VolumeRepair withKeepLost(String directory) {
    return new VolumeRepair(Optional.of(directory));
  }
}
