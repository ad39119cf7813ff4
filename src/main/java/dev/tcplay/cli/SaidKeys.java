package dev.tcplay.cli;

import dev.tcplay.model.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What options say of the keys of one volume.
 *
 * @param password the password
 * @param keyfiles the keyfiles
 * @param pim null if it is not said
 * @param hash null if it is not said
 */
record SaidKeys(
    SaidPassword password, List<Path> keyfiles, @Nullable Integer pim, @Nullable String hash) {

  /** Returns whether nothing is said. */
  boolean areNone() {
    return password.isNone() && keyfiles.isEmpty() && pim == null && hash == null;
  }

  /** Returns them as {@link KeyOptions#read}. */
  Keys read(InputStream in) throws IOException {
    return password.read(builder(), in);
  }

  /** Returns them with the password that a person typed; the caller closes it. */
  Keys with(char[] typed) {
    return builder().password(typed).build();
  }

  private Keys.Builder builder() {
    return KeyOptions.builder(keyfiles, pim, hash);
  }
}
