package dev.tcplay.cli;

import dev.tcplay.ContainerOpener;
import dev.tcplay.model.VolumeAttributes;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/** A command that opens one container. */
abstract class VolumeCommand extends ContainerCommand {

  /** One way of opening: as a file system or as a channel. */
  interface Opening<T> {
    T open(ContainerOpener opener) throws IOException;
  }

  @Mixin private VolumeOptions options = new VolumeOptions();
  @Mixin private ProtectionOptions protection = new ProtectionOptions();

  VolumeCommand(Terminal terminal) {
    super(terminal);
  }

  /** Opens the container and mounts the file system inside; warns if none was recognised there. */
  final FileSystem mount() throws IOException {
    return mount(true);
  }

  /** Opens and mounts as {@link #mount()} does, and for writing where that is wanted and can be. */
  final FileSystem mount(boolean readOnly) throws IOException {
    FileSystem volume = open(opener -> opener.readOnly(readOnly).mount());
    try {
      for (FileStore store : volume.getFileStores()) {
        if (store.type().equals("tcplay:raw")) {
          Path root = volume.getPath("/");
          Files.readAttributes(root, VolumeAttributes.class).warnings().forEach(this::warn);
        }
      }
      return volume;
    } catch (IOException e) {
      try (volume) {
        throw e;
      }
    }
  }

  /**
   * Opens the container, read-only unless the opening says otherwise; asks for the password if none
   * is known, and shows how far it has come while that takes long.
   */
  final <T> T open(Opening<T> opening) throws IOException {
    try (OtherKeys hidden = hiddenKeys(protection)) {
      return withKeys(
          keys -> {
            protection.check();
            ContainerOpener opener = options.opener(file()).keys(keys);
            return protection.areWanted()
                ? hidden.with(in(), found -> open(opening, opener.protectHidden(found)))
                : open(opening, opener);
          });
    }
  }

  /** Says that the command was called wrongly if a served volume cannot have a name. */
  final void checkName(String name) {
    try {
      RunFolder.checkName(name);
    } catch (IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  /** Returns whether a hidden volume is to be protected. */
  final boolean protectsHidden() {
    return protection.areWanted();
  }

  private <T> T open(Opening<T> opening, ContainerOpener opener) throws IOException {
    try (UnlockLine line = new UnlockLine(screen())) {
      return opening.open(opener.progress(line));
    }
  }
}
