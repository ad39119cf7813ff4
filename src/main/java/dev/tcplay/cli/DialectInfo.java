package dev.tcplay.cli;

import static dev.tcplay.cli.dialect.TcplayOption.SYSTEM_ENCRYPTION;

import dev.tcplay.ContainerHeaders;
import dev.tcplay.Tcplay;
import dev.tcplay.cli.dialect.AlgorithmNames;
import dev.tcplay.cli.dialect.TcplayRequest;
import dev.tcplay.model.EncryptedScope;
import dev.tcplay.model.Encryption;
import dev.tcplay.model.HeaderInfo;
import dev.tcplay.model.Keys;
import dev.tcplay.model.VolumeInfo;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code tcplay -i}: the facts of a volume. */
final class DialectInfo {

  private static final int UNIT = 512;

  /** A header, and how many bytes of its volume a protected one takes. */
  private record Found(HeaderInfo header, long hiddenBytes) {}

  private final DialectTerminal terminal;
  private final TcplayRequest request;
  private final DialectUnlocking unlocking;

  DialectInfo(DialectTerminal terminal, TcplayRequest request) {
    this.terminal = terminal;
    this.request = request;
    this.unlocking = new DialectUnlocking(terminal, request);
  }

  int run() throws IOException {
    Optional<Found> found = unlocking.unlock(this::find);
    if (found.isEmpty()) {
      return DialectCommand.FAILED;
    }
    print(found.get());
    return ExitStatus.FINE;
  }

  private Found find(Keys keys, @Nullable Keys hidden) throws IOException {
    HeaderInfo header = unlocking.first(each -> info(keys, each));
    return new Found(
        header, hidden == null ? 0 : info(hidden, unlocking.hiddenHeader()).volume().dataLength());
  }

  private HeaderInfo info(Keys keys, HeaderRequest header) throws IOException {
    // As long as the volume is mapped its file is locked, but nobody writes its headers.
    ContainerHeaders headers = Tcplay.headers(unlocking.host()).keys(keys).lock(false);
    header.setOn(headers);
    return headers.info();
  }

  private void print(Found found) throws IOException {
    VolumeInfo volume = found.header().volume();
    Encryption encryption = volume.encryption().orElseThrow();
    DialectCipher cipher =
        DialectCipher.of(request.device(), encryption.cipher(), encryption.mode(), "info FILE");
    int sector = volume.sectorSize();
    long length = volume.scope().map(EncryptedScope::length).orElse(volume.dataLength());
    long ivOffset = volume.scope().map(EncryptedScope::start).orElse(volume.firstUnit() * UNIT);
    long offset =
        request.has(SYSTEM_ENCRYPTION)
            ? 0
            : volume.scope().map(EncryptedScope::start).orElse(volume.dataOffset());
    terminal.line("Device:\t\t\t" + Names.visible(request.device()));
    terminal.line("PBKDF2 PRF:\t\t" + AlgorithmNames.prf(encryption.prf(), volume.format()));
    terminal.line("PBKDF2 iterations:\t" + encryption.iterations());
    terminal.lines(cipher.lines());
    terminal.line("CRC Key Data:\t\t" + hexadecimal(found.header().keyAreaCrc()));
    terminal.line("Sector size:\t\t" + sector);
    terminal.line("Volume size:\t\t" + (length - found.hiddenBytes()) / sector + " sectors");
    terminal.line("IV offset:\t\t" + ivOffset / sector + " sectors");
    terminal.line("Block offset:\t\t" + offset / sector + " sectors");
  }

  /** Zero has no mark of its base, as printf has it. */
  private static String hexadecimal(int value) {
    return value == 0 ? "0" : "0x" + Integer.toHexString(value);
  }
}
