package dev.tcplay.cli;

import dev.tcplay.ContainerExpansion;
import dev.tcplay.Tcplay;
import dev.tcplay.model.ExpandedVolume;
import dev.tcplay.model.Keys;
import dev.tcplay.model.WriteListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tcplay expand}: a larger container. */
@Command(
    name = "expand",
    description = {
      "Lets a container grow, and the file system in it as far as that can grow in place.",
      "If it is stopped or cut, the volume opens all the same; the same command once more ends it."
    })
final class ExpandCommand extends ContainerCommand {

  @Mixin private HeaderOptions options = new HeaderOptions();
  @Mixin private ProtectionOptions protection = new ProtectionOptions();

  @Option(
      names = "--size",
      required = true,
      converter = Size.OrLargest.class,
      paramLabel = "N[K|M|G|T]|max",
      description =
          "The size of FILE afterwards, in bytes, KiB, MiB, GiB or TiB, or as much as there is room.")
  private Size size = Size.LARGEST;

  @Option(
      names = "--force",
      description =
          "Let the hidden volume grow, whose password is given, at the cost of the outer one.")
  private boolean force;

  ExpandCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    checkThere();
    try (OtherKeys hidden = hiddenKeys(protection)) {
      ExpandedVolume expanded =
          withKeys(
              keys -> {
                protection.check();
                return protection.areWanted()
                    ? hidden.with(in(), found -> expand(keys, found))
                    : expand(keys, null);
              });
      out()
          .line(
              "%s: %d bytes, of which %d are data%s"
                  .formatted(
                      file(),
                      expanded.size(),
                      expanded.dataLength(),
                      expanded.fileSystemSize().isPresent()
                          ? ", its file system takes " + expanded.fileSystemSize().getAsLong()
                          : ""));
      expanded.unused().ifPresent(this::warn);
    }
  }

  private ExpandedVolume expand(Keys keys, @Nullable Keys hidden) throws IOException {
    ExpandedVolume[] expanded = new ExpandedVolume[1];
    try (UnlockLine unlocking = new UnlockLine(screen());
        CopyLine writing = new CopyLine(screen())) {
      ContainerExpansion expansion =
          Tcplay.expand(file()).keys(keys).progress(unlocking).force(force);
      options.setOn(expansion);
      if (hidden != null) {
        expansion.protectHidden(hidden);
      }
      expansion.writeProgress(progress(unlocking, writing));
      RunningCommand.interruptiblyTelling(
          () -> expanded[0] = expand(expansion), () -> file() + ": nothing was changed");
      return expanded[0];
    }
  }

  /** Shows how far the writing is, in the place of what was said of the unlocking. */
  private static WriteListener progress(UnlockLine unlocking, CopyLine writing) {
    return (written, total) -> {
      unlocking.close();
      writing.reached(written, total);
    };
  }

  private ExpandedVolume expand(ContainerExpansion expansion) throws IOException {
    return size.equals(Size.LARGEST) ? expansion.expandToMost() : expansion.expand(size.bytes());
  }
}
