package dev.tcplay.cli;

import dev.tcplay.model.VolumeInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tcplay header key}: the master key of a volume, for the day when no header opens. */
@Command(
    name = "key",
    description = {
      "Prints the master key of the volume, or writes it to a file for --volume-key-file.",
      "Whoever has it can decrypt the volume for ever, whatever the password becomes."
    })
final class HeaderKeyCommand extends HeaderSubcommand {

  @Option(names = "--show", description = "Print the key in hexadecimal, with the volume's facts.")
  private boolean show;

  @Option(
      names = "--to",
      paramLabel = "KEYFILE",
      description = "Write the bytes of the key to this file, its owner's alone.")
  private @Nullable Path to;

  @Option(names = "--force", description = "Replace KEYFILE if it exists.")
  private boolean force;

  HeaderKeyCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    Path file = to;
    if (!show && file == null) {
      throw misuse(
          "the master key decrypts the volume for ever, whatever the password becomes: --show prints"
              + " it, --to KEYFILE writes it to a file");
    }
    if (file != null) {
      NewFile.check(file, force);
    }
    with(
        headers -> {
          if (file != null) {
            NewFile.make(file, () -> headers.exportKey(file, force));
          }
          if (show) {
            headers.useKey(this::print);
          }
          return headers;
        });
  }

  private void print(VolumeInfo volume, byte[] key) throws IOException {
    Map<String, @Nullable Object> facts = VolumeFacts.of(volume);
    facts.put("key-bits", key.length * Byte.SIZE);
    VolumeFacts.print(facts, out());
    out().secretLine("master-key: ", key);
  }
}
