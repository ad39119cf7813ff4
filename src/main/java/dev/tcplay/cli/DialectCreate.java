package dev.tcplay.cli;

import static dev.tcplay.cli.dialect.TcplayOption.CIPHER;
import static dev.tcplay.cli.dialect.TcplayOption.CIPHER_HIDDEN;
import static dev.tcplay.cli.dialect.TcplayOption.DEVICE;
import static dev.tcplay.cli.dialect.TcplayOption.HIDDEN;
import static dev.tcplay.cli.dialect.TcplayOption.INSECURE_ERASE;
import static dev.tcplay.cli.dialect.TcplayOption.KEYFILE;
import static dev.tcplay.cli.dialect.TcplayOption.KEYFILE_HIDDEN;
import static dev.tcplay.cli.dialect.TcplayOption.PBKDF_PRF;
import static dev.tcplay.cli.dialect.TcplayOption.PBKDF_PRF_HIDDEN;
import static dev.tcplay.cli.dialect.TcplayOption.WEAK_KEYS;

import dev.tcplay.ContainerCreator;
import dev.tcplay.Tcplay;
import dev.tcplay.cli.dialect.AlgorithmNames;
import dev.tcplay.cli.dialect.HumanSize;
import dev.tcplay.cli.dialect.TcplayRequest;
import dev.tcplay.model.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code tcplay -c}: a new volume on a device, or in a file that is there. */
final class DialectCreate {

  private static final int SECTOR = 512;

  /** Both groups of headers, which no hidden volume lies in. */
  private static final long HEADERS = 262_144;

  /** The smallest volume, as VeraCrypt has it: one with a file system in it. */
  private static final long SMALLEST = 299_008;

  /** The same of a hidden one. */
  private static final long SMALLEST_HIDDEN = 40_960;

  private final DialectTerminal terminal;
  private final TcplayRequest request;
  private final DialectUnlocking unlocking;
  private final Path device;

  DialectCreate(DialectTerminal terminal, TcplayRequest request) {
    this.terminal = terminal;
    this.request = request;
    this.unlocking = new DialectUnlocking(terminal, request);
    this.device = unlocking.file(DEVICE);
  }

  int run() throws IOException {
    try {
      OptionalLong size = unlocking.deviceSize("could not get disk info");
      if (size.isPresent()) {
        create(size.getAsLong());
        return ExitStatus.FINE;
      }
    } catch (IOException | IllegalArgumentException e) {
      if (RunningCommand.endsStopped(e)) {
        throw e;
      }
      terminal.complain(DialectCommand.message(e));
    }
    terminal.complain("could not create new volume on " + request.device());
    return DialectCommand.FAILED;
  }

  private void create(long size) throws IOException {
    String prf = request.value(PBKDF_PRF).orElse(AlgorithmNames.defaultPrf());
    String hiddenPrf = request.value(PBKDF_PRF_HIDDEN).orElse(prf);
    String cipher = request.value(CIPHER).orElse(AlgorithmNames.defaultChain());
    check(size, prf, hiddenPrf);
    try (Keys passphrase = passphrase("Passphrase", "Passphrases don't match");
        Keys keys = unlocking.with(passphrase, KEYFILE)) {
      ContainerCreator creator =
          Tcplay.create(device)
              .replaceExisting(true)
              .inPlace(true)
              .quick(request.has(INSECURE_ERASE))
              .format(AlgorithmNames.formatOf(prf))
              .keys(keys.with(hints(prf, cipher)));
      if (!request.has(HIDDEN)) {
        make(creator, null);
        return;
      }
      try (Keys second =
              passphrase(
                  "Passphrase for hidden volume", "Passphrases for hidden volume don't match");
          Keys hidden = unlocking.with(second, KEYFILE_HIDDEN)) {
        long bytes = hiddenBytes(size);
        Keys hints = hints(hiddenPrf, request.value(CIPHER_HIDDEN).orElse(cipher));
        make(creator.withHidden(bytes, hidden.with(hints)), bytes);
      }
    }
  }

  /** Refuses before anything is asked what could not be made afterwards. */
  private void check(long size, String prf, String hiddenPrf) {
    if (size < SMALLEST) {
      throw new IllegalArgumentException(
          "Cannot create volumes on devices with less than %d bytes"
              .formatted(size <= HEADERS ? HEADERS : SMALLEST));
    } else if (size % SECTOR != 0) {
      throw new IllegalArgumentException(
          "%s has %d bytes, which is no multiple of %d".formatted(request.device(), size, SECTOR));
    }
    boolean sameFormat = AlgorithmNames.formatOf(hiddenPrf).equals(AlgorithmNames.formatOf(prf));
    if (request.has(HIDDEN) && !sameFormat) {
      throw new IllegalArgumentException(
          prf + " and " + hiddenPrf + " are of different formats, a container of one");
    }
  }

  private Keys passphrase(String question, String mismatch) throws IOException {
    return terminal.passphraseTwice(question, mismatch);
  }

  private static Keys hints(String prf, String cipher) {
    return Keys.builder().hash(prf).cipher(cipher).build();
  }

  private long hiddenBytes(long total) throws IOException {
    while (true) {
      terminal.line(
          "The total volume size of %s is %s (bytes)"
              .formatted(Names.visible(request.device()), HumanSize.format(total)));
      String answer = terminal.answer("Size of hidden volume (e.g. 127M):  ");
      OptionalLong bytes = HumanSize.parse(answer);
      if (bytes.isEmpty()) {
        terminal.complain("Could not interpret input: " + answer);
      } else if (bytes.getAsLong() >= total - HEADERS) {
        terminal.complain("Hidden volume needs to be smaller than the outer volume");
      } else if (bytes.getAsLong() < SMALLEST_HIDDEN) {
        terminal.complain("Hidden volume needs at least " + SMALLEST_HIDDEN + " bytes");
      } else {
        return bytes.getAsLong() / SECTOR * SECTOR;
      }
    }
  }

  private void make(ContainerCreator creator, @Nullable Long hidden) throws IOException {
    String name = Names.visible(request.device());
    terminal.line("Summary of actions:");
    if (!request.has(INSECURE_ERASE)) {
      terminal.line(" - Completely erase *EVERYTHING* on " + name);
    }
    terminal.line(" - Create %svolume on %s".formatted(hidden == null ? "" : "outer ", name));
    if (hidden != null) {
      terminal.line(" - Create hidden volume of " + hidden + " bytes at end of outer volume");
    }
    String sure = terminal.answer("\n Are you sure you want to proceed? (y/n) ");
    if (!sure.toLowerCase(Locale.ROOT).startsWith("y")) {
      throw new IOException("User cancelled action(s)");
    }
    tellOfWork();
    RunningCommand.interruptiblyTelling(creator::create, () -> request.device() + ": is as it was");
    terminal.line("Writing volume headers to disk...");
    terminal.line("All done!");
  }

  private void tellOfWork() throws IOException {
    if (!request.has(INSECURE_ERASE)) {
      terminal.line("Securely erasing the volume...");
      terminal.line("This process may take some time depending on the size of the volume");
    }
    terminal.line("Creating volume headers...");
    terminal.line(
        "Depending on your system, this process may take a few minutes as it uses true random data"
            + " which might take a while to refill");
    if (request.has(WEAK_KEYS)) {
      terminal.line(
          "WARNING: Using a weak random generator to get entropy for the key material. Odds are"
              + " this is NOT what you want.");
    }
    terminal.flush();
  }
}
