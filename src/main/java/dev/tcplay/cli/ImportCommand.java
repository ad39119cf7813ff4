package dev.tcplay.cli;

import static java.nio.file.StandardOpenOption.WRITE;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostKind;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.model.VolumeChannel;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code tcplay import}: the opposite of {@code export}. A file of another size is refused before
 * anything is written. How much a stream holds is known at its end only; then the volume is changed
 * already, as keeping the plaintext aside until then would leave it on a disk. Half replaced, the
 * volume holds no file system.
 */
@Command(name = "import", description = "Replaces the whole decrypted volume, without its headers.")
final class ImportCommand extends VolumeCommand {

  @Parameters(
      index = "1",
      paramLabel = "IN",
      description = "The file to take, as large as the volume, - for standard input.")
  private Path source = Path.of("");

  ImportCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    if (protectsHidden()) {
      throw misuse("import replaces the whole volume, with the hidden one in it");
    }
    if (source.toString().equals("-")) {
      try (VolumeChannel volume = openVolume()) {
        copy(Channels.newChannel(in()), volume, "standard input");
      }
      return;
    }
    // Before a password is asked for or a key derived.
    checkSource();
    OptionalLong size = size();
    try (ReadableByteChannel file = Files.newByteChannel(source);
        VolumeChannel volume = openVolume()) {
      if (size.isPresent() && size.getAsLong() != volume.size()) {
        throw new FileSystemException(
            source.toString(),
            null,
            "has %d bytes, the volume %d; nothing was written"
                .formatted(size.getAsLong(), volume.size()));
      }
      copy(file, volume, source.toString());
    }
  }

  private VolumeChannel openVolume() throws IOException {
    return open(opener -> opener.readOnly(false).channel(WRITE));
  }

  /** Returns the size of a file or a block device; of a stream none is known before its end. */
  private OptionalLong size() throws IOException {
    if (Files.isRegularFile(source)) {
      return OptionalLong.of(Files.size(source));
    } else if (HostKind.of(source) != HostKind.BLOCK_DEVICE) {
      return OptionalLong.empty();
    }
    try (BlockDevice device = FileDevice.open(source, HostOpen.reading().unlocked())) {
      return OptionalLong.of(device.size());
    }
  }

  private void checkSource() throws IOException {
    if (!Files.exists(source)) {
      throw new NoSuchFileException(source.toString());
    }
    if (Files.isDirectory(source)) {
      throw new FileSystemException(source.toString(), null, "is a directory");
    }
    if (Files.exists(file()) && Files.isSameFile(file(), source)) {
      throw misuse("IN is the container itself");
    }
  }

  private void copy(ReadableByteChannel in, VolumeChannel volume, String name) throws IOException {
    try (CopyLine line = new CopyLine(screen())) {
      line.expect(volume.size());
      new VolumeReplacement(in, name, volume, line).run();
    }
  }
}
