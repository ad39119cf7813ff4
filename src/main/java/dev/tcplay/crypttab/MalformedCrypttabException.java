package dev.tcplay.crypttab;

import java.io.IOException;

/** A table that says what it must not; the message names the file, the line and the field. */
public final class MalformedCrypttabException extends IOException {

  private static final long serialVersionUID = 1L;

  MalformedCrypttabException(String place, String reason) {
    super(place + ": " + reason);
  }
}
