package dev.tcplay.cli;

import dev.tcplay.ContainerOpener;
import dev.tcplay.OpenContainer;
import dev.tcplay.model.Encryption;
import dev.tcplay.model.VolumeInfo;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code tcplay verify}: whether a password opens a container. */
@Command(
    name = "verify",
    description = {
      "Opens the header and says which volume the password is for; what is in the volume is not"
          + " looked at.",
      "Ends with status 1 if nothing opens."
    })
final class VerifyCommand extends VolumeCommand {

  VerifyCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    checkThere();
    try (OpenContainer container = open(ContainerOpener::open)) {
      VolumeInfo info = container.info();
      Encryption encryption =
          info.encryption()
              .orElseThrow(() -> misuse("a plain file has no password that could be verified"));
      if (encryption.iterations() == 0) {
        throw misuse("--volume-key-file opens without a password: nothing would be verified");
      }
      container.warnings().forEach(this::warn);
      out().line(text(info, encryption));
    }
  }

  private static String text(VolumeInfo info, Encryption encryption) {
    return "opens: %s volume of %s, %s, %s in %s"
        .formatted(
            info.kind(),
            info.format(),
            encryption.prf(),
            encryption.cipher(),
            encryption.mode().toUpperCase(Locale.ROOT));
  }
}
