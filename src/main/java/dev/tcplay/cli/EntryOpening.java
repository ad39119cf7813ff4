package dev.tcplay.cli;

import dev.tcplay.ContainerOpener;
import dev.tcplay.OpenContainer;
import dev.tcplay.Tcplay;
import dev.tcplay.crypttab.Entry;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.Keys;
import dev.tcplay.model.MissingCredentialsException;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens an entry of a crypttab: by what the table says, then, where it says so, by what a person
 * types.
 *
 * @param scripts whether programs may be run for passphrases
 */
record EntryOpening(Entry entry, Terminal terminal, boolean scripts) {

  OpenContainer open() throws IOException {
    WrongPasswordException wrong = null;
    Optional<Keys> known = entry.keys(scripts);
    if (known.isPresent()) {
      try (Keys keys = known.get()) {
        return open(keys);
      } catch (WrongPasswordException e) {
        if (!entry.asks()) {
          throw e;
        }
        wrong = e;
      }
    }
    if (!entry.asks()) {
      throw new MissingCredentialsException(
          entry.source().toString(), "no passphrase: field 3 names no key, and nobody is asked");
    }
    return asking(wrong);
  }

  private OpenContainer asking(@Nullable WrongPasswordException before) throws IOException {
    WrongPasswordException wrong = before;
    for (int tried = 0; entry.tries() == 0 || tried < entry.tries(); tried++) {
      if (tried > 0 && wrong != null) {
        terminal.complain(Failures.message(wrong));
      }
      char[] typed =
          terminal.prompt().ask("Passphrase for " + entry.name() + " (" + entry.source() + ")");
      if (typed == null) {
        throw wrong != null
            ? wrong
            : new MissingCredentialsException(
                entry.source().toString(), "there is nobody to ask for the passphrase");
      }
      try (Keys keys = entry.keysWith(typed)) {
        return open(keys);
      } catch (WrongPasswordException e) {
        wrong = e;
      } finally {
        Arrays.fill(typed, '\0');
      }
    }
    throw wrong == null ? new IOException("tries= is no number of tries") : wrong;
  }

  private OpenContainer open(Keys keys) throws IOException {
    ContainerOpener opener = Tcplay.open(entry.source()).keys(keys).keepHostTimes(true);
    flag(ContainerOptions.READ_ONLY).ifPresent(opener::readOnly);
    flag(ContainerOptions.HIDDEN).ifPresent(opener::hidden);
    flag(ContainerOptions.SYSTEM).ifPresent(opener::system);
    if (entry.options().get(ContainerOptions.FORMAT) instanceof String format) {
      opener.format(format);
    }
    if (entry.options().get(ContainerOptions.HEADER_FILE) instanceof Path header) {
      opener.headerFile(header);
    }
    try (UnlockLine line = new UnlockLine(terminal.screen())) {
      return opener.progress(line).open();
    }
  }

  private Optional<Boolean> flag(String option) {
    return Optional.ofNullable(entry.options().get(option)).map(Boolean.class::cast);
  }
}
