package dev.tcplay.block.host;

import java.nio.file.FileSystemException;

/** A host file is open elsewhere, in a way that does not go with what was asked for. */
public final class HostInUseException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  /** Makes the exception for a file; {@code owner} says who has it open. */
  public HostInUseException(String file, String owner) {
    super(file, null, "in use by " + owner);
  }
}
