package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that lets other programs use the files of a volume until it is stopped. */
abstract class TreeCommand extends VolumeCommand {

  @Option(
      names = {"-r", "--read-only"},
      description = "Refuse all changes.")
  private boolean readOnly;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = {
        "What status, list and unmap call the volume; by default the name of FILE, with a number"
            + " behind it where that is taken."
      })
  private @Nullable String name;

  private int status;

  TreeCommand(Terminal terminal) {
    super(terminal);
  }

  /** Returns whether the command returns as soon as a process of its own serves. */
  abstract boolean isInBackground();

  /** Checks what can be checked before a password is asked for or a key derived. */
  void check() throws IOException {}

  /**
   * Begins to serve a tree.
   *
   * @param root of the volume
   * @param service to which each part is added as soon as it serves
   */
  abstract void begin(Path root, TreeService service) throws IOException;

  /** Returns whether clients may change nothing. */
  final boolean isReadOnly() {
    return readOnly;
  }

  @Override
  final void run() throws IOException {
    RunFolder folder = RunFolder.ofUser();
    checkName(folder);
    check();
    if (isInBackground() && BackgroundServer.current() == null) {
      status = new BackgroundStart(terminal()).run(line());
      return;
    }
    FileSystem volume = mount(readOnly);
    String wanted = name;
    new Serving(terminal(), volume)
        .run(
            () ->
                wanted == null ? folder.claimLike(RunFolder.nameOf(file())) : folder.claim(wanted),
            claim -> begin(volume));
  }

  private void checkName(RunFolder folder) throws IOException {
    if (name != null) {
      checkName(name);
      folder.checkFree(name);
    }
  }

  private Service begin(FileSystem volume) throws IOException {
    TreeService service = new TreeService(file(), volume);
    try {
      begin(volume.getPath("/"), service);
      return service;
    } catch (IOException | RuntimeException | Error e) {
      // Without an end a mount would stay behind, dead.
      try (service) {
        throw e;
      }
    }
  }

  /** Returns how the volume is served by the kinds that somebody names, each with its defaults. */
  final void beginAll(List<TreeKind> kinds, Path root, TreeService service) throws IOException {
    for (TreeKind kind : new TreeSet<>(kinds)) {
      service.add(kind.serve(root, readOnly));
    }
  }

  @Override
  final int status() {
    return status;
  }
}
