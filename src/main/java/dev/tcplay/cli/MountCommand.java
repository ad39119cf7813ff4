package dev.tcplay.cli;

import dev.tcplay.serve.fuse.FuseMount;
import dev.tcplay.serve.fuse.FuseMountBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcplay mount}: shows a volume in the tree of the system. */
@Command(
    name = "mount",
    description = {
      "Shows the files of a volume in the directory DIR, to all programs, until unmount, SIGTERM,"
          + " Ctrl-C or fusermount3 -u. It needs no root, but FUSE 3 and Java 22 or newer; without"
          + " these, tcplay serve is the way."
    })
final class MountCommand extends TreeCommand {

  @Parameters(index = "1", paramLabel = "DIR", description = "An empty directory.")
  private Path point = Path.of("");

  @Option(
      names = "--uid",
      paramLabel = "N",
      description = "Whom files belong to where the file system knows no owners; you by default.")
  private @Nullable Integer uid;

  @Option(names = "--gid", paramLabel = "N", description = "Their group; yours by default.")
  private @Nullable Integer gid;

  @Option(
      names = "--umask",
      paramLabel = "OCTAL",
      converter = OctalMode.class,
      description = {
        "The permissions that files do not have where the file system knows none; 022 by default."
      })
  private @Nullable Integer umask;

  @Option(
      names = "--allow-other",
      description = {
        "Let other users of this machine in, too; /etc/fuse.conf has to allow it to who is not root."
      })
  private boolean allowOther;

  @Option(names = "--noexec", description = "Let no program be started from the volume.")
  private boolean noexec;

  @Option(
      names = "--serve",
      paramLabel = "KIND",
      converter = TreeKind.Reader.class,
      completionCandidates = Choices.TreeKinds.class,
      description = {
        "Serve the same volume by sftp, webdav or http, too, on any port of this machine; may be"
            + " given several times."
      })
  private List<TreeKind> kinds = List.of();

  @Option(
      names = "--background",
      description = {
        "Return as soon as a process of its own serves, which outlives the terminal; the default"
            + " where there is no terminal."
      })
  private boolean background;

  @Option(names = "--foreground", description = "Stay until the end; the default on a terminal.")
  private boolean foreground;

  MountCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  boolean isInBackground() {
    return background || (!foreground && screen() == null);
  }

  @Override
  void check() throws IOException {
    if (background && foreground) {
      throw misuse("--background and --foreground exclude each other");
    }
    checkNumber("--uid", uid);
    checkNumber("--gid", gid);
    FuseMount.check(point);
  }

  private void checkNumber(String option, @Nullable Integer number) {
    if (number != null && number < 0) {
      throw misuse(option + " is a number from 0 on");
    }
  }

  @Override
  void begin(Path root, TreeService service) throws IOException {
    FuseMountBuilder builder =
        FuseMount.of(root)
            .readOnly(isReadOnly())
            .executable(!noexec)
            .allowOther(allowOther)
            .name(Names.visible(file().toString()));
    if (umask != null) {
      builder.umask(umask);
    }
    if (uid != null) {
      builder.uid(uid);
    }
    if (gid != null) {
      builder.gid(gid);
    }
    service.add(TreePart.of("mount", builder.mount(point)));
    beginAll(kinds, root, service);
  }
}
