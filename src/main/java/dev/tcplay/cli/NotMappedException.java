package dev.tcplay.cli;

import java.nio.file.FileSystemException;

/** No process serves a volume of that name, or not any more. */
final class NotMappedException extends FileSystemException {

  private static final long serialVersionUID = 1;

  NotMappedException(String name) {
    super(name, null, "is not mapped");
  }
}
