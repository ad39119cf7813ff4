package dev.tcplay.cli;

import dev.tcplay.ContainerOpener;
import dev.tcplay.OpenContainer;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcplay export}: writes the decrypted volume to a file. */
@Command(name = "export", description = "Writes the decrypted volume, without its headers.")
final class ExportCommand extends VolumeCommand {

  @Option(names = "--force", description = "Replace OUT if it exists.")
  private boolean force;

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "The file to make, - for standard output.")
  private Path target = Path.of("");

  ExportCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    if (target.toString().equals("-")) {
      try (OpenContainer container = open(ContainerOpener::open);
          SeekableByteChannel volume = volume(container)) {
        copy(volume, Channels.newChannel(out().bytes()));
      }
      return;
    }
    // Before a password is asked for or a key derived.
    checkTarget();
    try (OpenContainer container = open(ContainerOpener::open);
        SeekableByteChannel volume = volume(container)) {
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        writeInPlace(volume);
      } else {
        writeFile(volume);
      }
    }
  }

  /** Of a container that was cut, the volume is what is left, which nobody could see from OUT. */
  private SeekableByteChannel volume(OpenContainer container) throws IOException {
    container.warnings().forEach(this::warn);
    return container.channel();
  }

  private void checkTarget() throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!force) {
      throw new FileSystemException(
          target.toString(), null, "exists already, and is replaced with --force only");
    }
    if (Files.isDirectory(target)) {
      throw new FileSystemException(target.toString(), null, "is a directory");
    }
    if (Files.exists(file()) && Files.exists(target) && Files.isSameFile(file(), target)) {
      throw misuse("OUT is the container itself");
    }
  }

  private void copy(SeekableByteChannel volume, WritableByteChannel out) throws IOException {
    try (CopyLine line = new CopyLine(screen())) {
      line.expect(volume.size());
      Bytes.copy(volume, out, line);
    }
  }

  /** A device or a pipe is written to; it is not replaced by a file. */
  private void writeInPlace(SeekableByteChannel volume) throws IOException {
    try (WritableByteChannel out = Files.newByteChannel(target, StandardOpenOption.WRITE)) {
      copy(volume, out);
    }
  }

  private void writeFile(SeekableByteChannel volume) throws IOException {
    // Where the target is a link to a file, that file is replaced, not the link.
    Path place = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
    try (PartialFile part = PartialFile.create(place)) {
      copy(volume, part.channel());
      part.finish(force);
    }
  }
}
