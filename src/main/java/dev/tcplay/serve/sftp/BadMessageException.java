package dev.tcplay.serve.sftp;

import java.io.IOException;

/** A message that makes no sense, and why. */
final class BadMessageException extends IOException {

  private static final long serialVersionUID = 1;

  BadMessageException(String message) {
    super(message);
  }
}
