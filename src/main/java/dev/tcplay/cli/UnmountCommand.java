package dev.tcplay.cli;

import dev.tcplay.serve.fuse.FuseMount;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcplay unmount}: ends what {@code mount} has begun. */
@Command(
    name = "unmount",
    description = {
      "Ends a mount: all is written, the keys are wiped and DIR is free again. Programs that have"
          + " files open there keep it from ending. What a killed process has left is freed, too."
    })
final class UnmountCommand extends MappedCommand {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DIR",
      description = "Where the volume is mounted.")
  private @Nullable Path point;

  @Option(names = "--all", description = "End all mounts of this user.")
  private boolean all;

  UnmountCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run() throws IOException {
    Path one = point;
    if (all == (one != null)) {
      throw misuse("either DIR or --all");
    }
    if (one != null) {
      endAt(one);
      return ExitStatus.FINE;
    }
    Map<String, String> mounts = new HashMap<>();
    int status =
        withAll(folder().names(), name -> mounts(name).forEach(at -> mounts.put(at, name)));
    // What lies in another mount comes first, and its path is longer.
    List<String> names =
        mounts.keySet().stream()
            .sorted(Comparator.comparing(String::length).reversed())
            .map(mounts::get)
            .toList();
    return Math.max(status, withAll(names, this::end));
  }

  private List<String> mounts(String name) throws IOException {
    return ask(name, ControlServer.MOUNTS).lines().toList();
  }

  private void endAt(Path directory) throws IOException {
    Path place = FuseMount.place(directory);
    String visible = Names.visible(place.toString());
    IOException unknown = null;
    for (String name : folder().names()) {
      boolean isThere = false;
      try {
        isThere = mounts(name).contains(visible);
      } catch (NotMappedException e) {
        // It has ended meanwhile.
      } catch (IOException e) {
        // It need not be this one.
        unknown = e;
      }
      if (isThere) {
        end(name);
        return;
      }
    }
    if (isFreed(place, unknown)) {
      return;
    }
    if (unknown != null) {
      throw unknown;
    }
    throw new FileSystemException(
        directory.toString(),
        null,
        "no mount there is known in " + folder().path() + "; umount or fusermount3 -u ends others");
  }

  /** Where a process hangs, two say so: who asks the mount, and who has asked for its name. */
  private static boolean isFreed(Path place, @Nullable IOException unknown) throws IOException {
    try {
      return FuseMount.freeIfDead(place);
    } catch (IOException e) {
      if (unknown == null) {
        throw e;
      }
      throw new IOException(Failures.message(e) + "; " + Failures.message(unknown), e);
    }
  }
}
