package dev.tcplay.serve.fuse;

import java.io.IOException;

/**
 * Nothing can be mounted here: the Java, jfuse, libfuse or the kernel's device is missing or
 * forbidden. The message says which, and what to do; {@code tcplay serve} works without all of
 * them.
 */
public final class FuseUnavailableException extends IOException {

  private static final long serialVersionUID = 1;

  FuseUnavailableException(String missing) {
    super("cannot mount: " + missing + "; tcplay serve needs none of this");
  }

  FuseUnavailableException(String missing, Throwable cause) {
    this(missing);
    initCause(cause);
  }
}
