package dev.tcplay.mapper;

import java.io.IOException;

/** A table that cannot be: its message names the field, and never holds a key. */
public final class MalformedTableException extends IOException {

  private static final long serialVersionUID = 1L;

  MalformedTableException(String message) {
    super(message);
  }
}
