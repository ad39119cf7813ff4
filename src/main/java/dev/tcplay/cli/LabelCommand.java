package dev.tcplay.cli;

import dev.tcplay.model.VolumeAttributes;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tcplay label}: prints or sets the label of the volume. */
@Command(
    name = "label",
    description = "Prints the label of the volume, nothing if it has none; or sets it.")
final class LabelCommand extends ChangeCommand {

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The new label, at most 11 characters; an empty one removes it.")
  private @Nullable String name;

  LabelCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    if (name != null) {
      super.run();
      return;
    }
    Optional<String> label;
    try (FileSystem volume = mount()) {
      label = Files.readAttributes(volume.getPath("/"), VolumeAttributes.class).label();
    }
    if (label.isPresent()) {
      out().line(Names.visible(label.get()));
    }
  }

  @Override
  void change(FileSystem volume, FailureLog failures) throws IOException {
    Path root = volume.getPath("/");
    try {
      Files.setAttribute(root, "tcplay:label", name);
    } catch (IllegalArgumentException e) {
      throw new FileSystemException(file().toString(), null, e.getMessage());
    }
  }
}
