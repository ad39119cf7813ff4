package dev.tcplay.cli;

import dev.tcplay.block.host.FileDevice;
import dev.tcplay.model.VolumeAttributes;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.ReadOnlyFileSystemException;

/** A command that changes what is in a volume. */
abstract class ChangeCommand extends VolumeCommand {

  ChangeCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    FileSystem volume = open(opener -> opener.readOnly(false).mount());
    RunningCommand.Unfinished changes = RunningCommand.begin();
    // The volume is closed first; what is still in memory is then written, or the failure told.
    try (changes;
        volume) {
      if (volume.isReadOnly()) {
        throw new FileSystemException(file().toString(), null, whyReadOnly(volume));
      }
      failures().endingIf(volume::isReadOnly);
      try {
        change(volume, failures());
      } catch (ReadOnlyFileSystemException e) {
        // A write failed, which was most likely told; nothing can be changed any more.
        throw new FileSystemException(file().toString(), null, "has become read-only");
      }
    }
  }

  private String whyReadOnly(FileSystem volume) throws IOException {
    if (!Files.isWritable(file())) {
      return "cannot be changed: there is no permission to write to it";
    }
    if (!FileDevice.isWritable(file())) {
      return "cannot be changed: the device is read-only";
    }
    VolumeAttributes found = Files.readAttributes(volume.getPath("/"), VolumeAttributes.class);
    if (!found.warnings().isEmpty()) {
      return "cannot be changed: " + String.join("; ", found.warnings());
    }
    String type = found.fileSystem();
    return "cannot be changed: this library only reads a file system of type " + type;
  }

  /**
   * Changes the volume.
   *
   * @param failures is told what goes wrong with one of several files
   * @throws IOException if there is no point in going on
   */
  abstract void change(FileSystem volume, FailureLog failures) throws IOException;
}
