package dev.tcplay.cli;

import dev.tcplay.ContainerHeaders;
import dev.tcplay.mapper.DeviceTable;
import dev.tcplay.mapper.VolumeTables;
import dev.tcplay.model.VolumeInfo;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tcplay table}: how dmsetup maps the plaintext of a volume. */
@Command(
    name = "table",
    description = {
      "Prints the table by which dmsetup maps the volume, or one for each cipher of a cascade, the"
          + " one on FILE first, each behind its name.",
      "Of a FILE that is no block device, name its loop device by --device."
    })
final class TableCommand extends HeaderSubcommand {

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The device to be; tcplay if absent.")
  private String name = "tcplay";

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "What the table names FILE by; its absolute path if absent.")
  private @Nullable String device;

  @Option(
      names = "--showkeys",
      description = "Print the master key, which decrypts the volume for ever, in place of zeros.")
  private boolean showKeys;

  @Option(names = "--concise", description = "Print one line that dmsetup create --concise takes.")
  private boolean concise;

  TableCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    with(
        (ContainerHeaders headers) -> {
          headers.useKey(this::print);
          return headers;
        });
  }

  private void print(VolumeInfo volume, byte[] key) throws IOException {
    String below = device == null ? file().toAbsolutePath().toString() : device;
    List<DeviceTable> tables = VolumeTables.of(name, volume, key, below, start());
    try {
      byte[] text =
          concise
              ? DeviceTable.printConcise(tables, showKeys)
              : DeviceTable.print(tables, showKeys);
      try {
        out().secret(text);
      } finally {
        Arrays.fill(text, (byte) 0);
      }
    } finally {
      tables.forEach(table -> table.table().close());
    }
  }
}
