package dev.tcplay.cli;

import java.io.IOException;

/** Says that the process of a volume is there, and says nothing. */
final class SilentProcessException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Says so.
   *
   * @param process its number, with a space before it, or nothing
   */
  SilentProcessException(String name, String process, Throwable cause) {
    super(name + ": its process" + process + " does not answer", cause);
  }
}
