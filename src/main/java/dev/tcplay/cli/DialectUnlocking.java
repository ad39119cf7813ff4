package dev.tcplay.cli;

import static dev.tcplay.cli.dialect.TcplayOption.DEVICE;
import static dev.tcplay.cli.dialect.TcplayOption.FDE;
import static dev.tcplay.cli.dialect.TcplayOption.KEYFILE;
import static dev.tcplay.cli.dialect.TcplayOption.KEYFILE_HIDDEN;
import static dev.tcplay.cli.dialect.TcplayOption.PROTECT_HIDDEN;
import static dev.tcplay.cli.dialect.TcplayOption.SYSTEM_ENCRYPTION;
import static dev.tcplay.cli.dialect.TcplayOption.USE_HDR_FILE;
import static dev.tcplay.cli.dialect.TcplayOption.USE_HIDDEN_HDR_FILE;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostKind;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.cli.dialect.AlgorithmNames;
import dev.tcplay.cli.dialect.TcplayOption;
import dev.tcplay.cli.dialect.TcplayRequest;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.Keys;
import dev.tcplay.model.NotAContainerException;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How tcplay(8) opens a volume: its prompts, its tries, and the headers that it looks at. */
final class DialectUnlocking {

  /** Something done with the passphrases that were given, and the keyfiles. */
  interface Attempt<T> {

    /**
     * Tries.
     *
     * @param hidden what opens the hidden volume that is protected, null if none is
     * @throws WrongPasswordException if they open nothing; the next try follows
     */
    T with(Keys keys, @Nullable Keys hidden) throws IOException;
  }

  private final DialectTerminal terminal;
  private final TcplayRequest request;

  DialectUnlocking(DialectTerminal terminal, TcplayRequest request) {
    this.terminal = terminal;
    this.request = request;
  }

  /** Asks for passphrases until they open something, if they do within the tries there are. */
  <T> Optional<T> unlock(Attempt<T> attempt) throws IOException {
    if (deviceSize("could not get disk information").isEmpty()) {
      return Optional.empty();
    }
    boolean alone = request.triesKeyfilesAlone();
    for (int left = request.tries() + (alone ? 1 : 0); left > 0; left--) {
      try (Keys passphrase = alone ? Keys.of("") : terminal.passphrase("Passphrase");
          Keys keys = with(passphrase, KEYFILE)) {
        return Optional.of(attempt(attempt, keys));
      } catch (WrongPasswordException | NotAContainerException | CorruptHeaderException e) {
        if (!alone) {
          terminal.complain("Incorrect password or not a TrueCrypt volume");
        }
        alone = false;
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the bytes of the device; complains if it has none, or cannot be read.
   *
   * @param complaint what is said then
   */
  OptionalLong deviceSize(String complaint) throws IOException {
    Path device = file(DEVICE);
    try {
      if (HostKind.of(device).refusal().isEmpty()) {
        HostOpen reading = HostOpen.reading().unlocked().by("a look at the size of " + device);
        try (BlockDevice host = FileDevice.open(device, reading)) {
          if (host.size() > 0) {
            return OptionalLong.of(host.size());
          }
        }
      }
    } catch (IOException e) {
      terminal.complain("Error opening " + request.device());
    }
    terminal.complain(complaint);
    return OptionalLong.empty();
  }

  private <T> T attempt(Attempt<T> attempt, Keys keys) throws IOException {
    if (!request.has(PROTECT_HIDDEN)) {
      return attempt.with(keys, null);
    }
    try (Keys passphrase = terminal.passphrase("Passphrase for hidden volume");
        Keys hidden = with(passphrase, KEYFILE_HIDDEN)) {
      return attempt.with(keys, hidden);
    }
  }

  /**
   * Returns what opens a volume of tcplay's: a passphrase with the keyfiles that an option names.
   * The caller closes both.
   */
  Keys with(Keys passphrase, TcplayOption keyfiles) throws IOException {
    return said(passphrase, keyfiles, AlgorithmNames.triedPrfs())
        .read(InputStream.nullInputStream());
  }

  /** Returns what is said of the keys of a volume. */
  SaidKeys said(@Nullable Keys passphrase, TcplayOption keyfiles, @Nullable String hash) {
    List<Path> files = request.values(keyfiles).stream().map(HostPaths::parse).toList();
    return new SaidKeys(new SaidPassword(passphrase, null, null), files, null, hash);
  }

  /** Returns the file that an option names. */
  Path file(TcplayOption option) {
    return HostPaths.parse(request.value(option).orElseThrow());
  }

  /** Returns what holds the header: the device, or the disk of a partition. */
  Path host() {
    return file(request.has(SYSTEM_ENCRYPTION) ? SYSTEM_ENCRYPTION : DEVICE);
  }

  /** Returns the headers that are tried, in this order. */
  List<HeaderRequest> headers() {
    boolean system = request.has(SYSTEM_ENCRYPTION) || request.has(FDE);
    if (!request.has(USE_HDR_FILE) && (system || !request.has(USE_HIDDEN_HDR_FILE))) {
      return List.of(new HeaderRequest(null, system ? null : backup(), null, system));
    }
    HeaderRequest first = header(false, USE_HDR_FILE, system);
    return system ? List.of(first) : List.of(first, hiddenHeader());
  }

  /** Returns the header of the hidden volume. */
  HeaderRequest hiddenHeader() {
    return header(true, USE_HIDDEN_HDR_FILE, false);
  }

  private HeaderRequest header(boolean hidden, TcplayOption file, boolean system) {
    return request.has(file)
        ? new HeaderRequest(null, null, file(file), system)
        : new HeaderRequest(hidden, system ? null : backup(), null, system);
  }

  private Boolean backup() {
    return request.usesBackup();
  }

  /** One way to open. */
  interface Way<T> {
    T by(HeaderRequest header) throws IOException;
  }

  /** Tries the headers until one opens. */
  <T> T first(Way<T> way) throws IOException {
    List<HeaderRequest> headers = headers();
    for (HeaderRequest header : headers.subList(0, headers.size() - 1)) {
      try {
        return way.by(header);
      } catch (WrongPasswordException | NotAContainerException e) {
        // The next one may open.
      }
    }
    return way.by(headers.get(headers.size() - 1));
  }
}
