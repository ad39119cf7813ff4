package dev.tcplay.cli;

import static dev.tcplay.cli.dialect.TcplayOption.NEW_KEYFILE;
import static dev.tcplay.cli.dialect.TcplayOption.NEW_PBKDF_PRF;
import static dev.tcplay.cli.dialect.TcplayOption.RESTORE_FROM_BACKUP_HDR;
import static dev.tcplay.cli.dialect.TcplayOption.SAVE_HDR_BACKUP;

import dev.tcplay.ContainerHeaders;
import dev.tcplay.ContainerKeyChange;
import dev.tcplay.Tcplay;
import dev.tcplay.cli.dialect.AlgorithmNames;
import dev.tcplay.cli.dialect.TcplayRequest;
import dev.tcplay.model.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** {@code tcplay --modify}: a header under new keys, or from its backup. */
final class DialectModify {

  private final DialectTerminal terminal;
  private final TcplayRequest request;
  private final DialectUnlocking unlocking;

  DialectModify(DialectTerminal terminal, TcplayRequest request) {
    this.terminal = terminal;
    this.request = request;
    this.unlocking = new DialectUnlocking(terminal, request);
  }

  int run() throws IOException {
    Optional<Boolean> done =
        unlocking.unlock(
            (keys, hidden) -> {
              unlocking.first(
                  header -> {
                    RunningCommand.interruptiblyTelling(
                        () -> modify(keys, header),
                        () -> request.device() + ": nothing was changed");
                    return header;
                  });
              return true;
            });
    if (done.isEmpty()) {
      return DialectCommand.FAILED;
    }
    terminal.line("All done!");
    return ExitStatus.FINE;
  }

  private void modify(Keys keys, HeaderRequest header) throws IOException {
    boolean toFile = request.has(SAVE_HDR_BACKUP);
    if (request.has(RESTORE_FROM_BACKUP_HDR) && !toFile) {
      restore(keys, header);
      return;
    }
    boolean fromFile = header.file() != null && !toFile;
    ContainerKeyChange change = Tcplay.change(unlocking.host()).from(keys);
    if (fromFile) {
      // The container opens by the old keys at every moment until it does by the new ones.
      check(keys, header);
      try (Keys wanted = newKeys()) {
        headers(keys, header).restore(true);
        change.backupHeader(false).to(wanted);
        finish(change);
      }
      return;
    }
    header.setOn(change);
    if (toFile) {
      change.into(unlocking.file(SAVE_HDR_BACKUP), true);
    }
    if (request.has(RESTORE_FROM_BACKUP_HDR)) {
      sayWriting();
      change.change();
      return;
    }
    change.to(path -> Optional.of(newKeys()));
    finish(change);
  }

  private void finish(ContainerKeyChange change) throws IOException {
    request.value(NEW_PBKDF_PRF).ifPresent(prf -> change.toFormat(AlgorithmNames.formatOf(prf)));
    change.withoutKeyfiles().change();
  }

  private void check(Keys keys, HeaderRequest header) throws IOException {
    headers(keys, header).info();
  }

  private void restore(Keys keys, HeaderRequest header) throws IOException {
    ContainerHeaders headers = headers(keys, header);
    headers.info();
    sayWriting();
    headers.restore(true);
  }

  private ContainerHeaders headers(Keys keys, HeaderRequest header) {
    ContainerHeaders headers = Tcplay.headers(unlocking.host()).keys(keys);
    header.setOn(headers);
    return headers;
  }

  private Keys newKeys() throws IOException {
    try (Keys passphrase = terminal.passphraseTwice("New passphrase", "Passphrases don't match")) {
      SaidKeys said =
          unlocking.said(passphrase, NEW_KEYFILE, request.value(NEW_PBKDF_PRF).orElse(null));
      Keys keys = said.read(InputStream.nullInputStream());
      try {
        sayWriting();
      } catch (IOException e) {
        keys.close();
        throw e;
      }
      return keys;
    }
  }

  private void sayWriting() throws IOException {
    terminal.line("Writing new volume headers to disk/file...");
    terminal.flush();
  }
}
