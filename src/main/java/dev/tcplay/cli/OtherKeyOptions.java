package dev.tcplay.cli;

import dev.tcplay.model.Keys;
import java.io.IOException;
import java.io.InputStream;

/** The options that say what opens the second of two volumes in one container. */
interface OtherKeyOptions {

  /** Returns whether one of them is given. */
  boolean areSaid();

  /** Returns what they say, as {@link KeyOptions#read}. */
  Keys read(InputStream in) throws IOException;

  /** Returns the same with the password that a person typed; the caller closes it. */
  Keys with(char[] typed);
}
