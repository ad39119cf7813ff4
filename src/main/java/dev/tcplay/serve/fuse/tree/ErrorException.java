package dev.tcplay.serve.fuse.tree;

import java.io.IOException;

/** An error that the kernel is to be told as it is. */
final class ErrorException extends IOException {

  private static final long serialVersionUID = 1;

  private final ErrorNumber error;

  ErrorException(ErrorNumber error) {
    super(error.name());
    this.error = error;
  }

  ErrorNumber error() {
    return error;
  }
}
