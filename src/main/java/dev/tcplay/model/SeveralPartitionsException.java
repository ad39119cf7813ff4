package dev.tcplay.model;

import java.nio.file.FileSystemException;
import java.util.List;

/**
 * A disk has several partitions that could be mounted, and {@link ContainerOptions#PARTITION} does
 * not say which.
 */
public final class SeveralPartitionsException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  private final transient List<PartitionInfo> choices;

  /** Makes the exception for the file of a container. */
  public SeveralPartitionsException(String file, String reason, List<PartitionInfo> choices) {
    super(file, null, reason);
    this.choices = List.copyOf(choices);
  }

  /** Returns the partitions that could be mounted; none once the exception was serialised. */
  public List<PartitionInfo> choices() {
    return choices == null ? List.of() : choices;
  }
}
