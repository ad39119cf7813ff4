package dev.tcplay.cli;

import dev.tcplay.ContainerCreator;
import dev.tcplay.Tcplay;
import dev.tcplay.model.CreatedVolume;
import dev.tcplay.model.Keys;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tcplay create}: a new container, or a hidden volume in one, with an empty file system. */
@Command(
    name = "create",
    description = {
      "Makes a container with an empty file system, in VeraCrypt's format by default.",
      "With --hidden-size it holds a hidden volume, too; --hidden makes one in a container that"
          + " exists, and leaves all else in it as it is.",
      "Passwords are asked for, new ones twice, unless options give them."
    })
final class CreateCommand extends ContainerCommand {

  @Option(
      names = "--size",
      paramLabel = "N[K|M|G|T]|max",
      converter = Size.OrLargest.class,
      description = {
        "The size of FILE in bytes, KiB, MiB, GiB or TiB; at least 292K, 1280K for"
            + " exfat; max for all the room there is. In place it may be left out. With --hidden: what the hidden volume takes of the"
            + " outer one, at least 40K; max for all that is safe."
      })
  private @Nullable Size size;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      completionCandidates = Choices.NewFormats.class,
      description = "VeraCrypt or TrueCrypt; VeraCrypt by default, for --hidden that of FILE.")
  private @Nullable String format;

  @Mixin private FileSystemOptions fileSystem = new FileSystemOptions();
  @Mixin private LocalOptions local = new LocalOptions();

  @Option(
      names = "--quick",
      description = {
        "Leave free space as it is instead of noise: fast, but it shows what is used, and where a"
            + " hidden volume lies."
      })
  private boolean quick;

  @Mixin private NewPlaceOptions place = new NewPlaceOptions();
  @Mixin private RandomOptions random = new RandomOptions();

  @Option(
      names = "--hidden",
      description = {
        "Make a hidden volume in FILE. The options of keys are its own; those with outer in their"
            + " names open FILE."
      })
  private boolean hidden;

  @Mixin private OuterKeyOptions outer = new OuterKeyOptions();

  @Option(
      names = "--hidden-size",
      paramLabel = "N[K|M|G|T]|max",
      converter = Size.OrLargest.class,
      description = {
        "Make a hidden volume in the new FILE, too, which takes so much of its end; the options with"
            + " hidden in their names are its own."
      })
  private @Nullable Size hiddenSize;

  @Mixin private HiddenKeyOptions inside = new HiddenKeyOptions();

  CreateCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    check();
    try (OtherKeys others = otherKeys(hidden ? outer : inside, this::askForOther)) {
      withKeys(
          keys ->
              hidden || hiddenSize != null
                  ? others.with(in(), other -> create(keys, other))
                  : create(keys, null));
    }
  }

  private void check() {
    if (hidden && hiddenSize != null) {
      throw misuse("--hidden and --hidden-size exclude each other");
    }
    if (!outer.said().areNone() && !hidden) {
      throw misuse("the options that begin with --outer go with --hidden");
    }
    if (!inside.said().areNone() && hiddenSize == null) {
      throw misuse("--hidden-password and the like go with --hidden-size");
    }
  }

  private char @Nullable [] askForOther() {
    return hidden
        ? prompt().ask("Password for the outer volume in " + file())
        : askTwice(prompt(), "New password for the hidden volume in " + file());
  }

  private CreatedVolume create(Keys keys, @Nullable Keys other) throws IOException {
    CreatedVolume made = createShowing(keys, other);
    tell(made);
    return made;
  }

  private CreatedVolume createShowing(Keys keys, @Nullable Keys other) throws IOException {
    try (CopyLine line = new CopyLine(screen())) {
      ContainerCreator creator = creator(line).keys(keys);
      if (other != null && hidden) {
        creator.hiddenIn(other);
      } else if (other != null && hiddenSize != null) {
        creator.withHidden(hiddenSize.bytes(), other.with(sameAs(keys, other)));
      }
      CreatedVolume[] made = new CreatedVolume[1];
      RunningCommand.interruptiblyTelling(
          () -> made[0] = creator.create(), () -> place.left(file()));
      return made[0];
    }
  }

  /** What nobody says of the hidden volume, it has from the outer one, but for the PIM. */
  private static Keys sameAs(Keys keys, Keys other) {
    Keys.Builder hints = Keys.builder();
    if (other.hash().isEmpty()) {
      keys.hash().ifPresent(hints::hash);
    }
    keys.cipher().ifPresent(hints::cipher);
    return hints.build();
  }

  private void tell(CreatedVolume made) throws IOException {
    if (made.hiddenSize().isPresent()) {
      OptionalLong largest = made.largestHidden();
      String safe =
          largest.isEmpty()
              ? "nobody knows whether that is safe"
              : "up to %d are safe".formatted(largest.getAsLong());
      out()
          .line(
              "hidden volume: %d bytes at the end of %s; %s"
                  .formatted(made.hiddenSize().getAsLong(), file(), safe));
    }
  }

  private ContainerCreator creator(CopyLine line) throws IOException {
    ContainerCreator creator = Tcplay.create(file()).quick(quick).advice(this::warn);
    creator.random(random.random());
    place.setOn(creator);
    local.setOn(creator);
    Optional.ofNullable(size)
        .ifPresent(
            said -> {
              if (said.equals(Size.LARGEST)) {
                creator.largest();
              } else {
                creator.size(said.bytes());
              }
            });
    Optional.ofNullable(format).ifPresent(creator::format);
    NewFileSystem wanted = fileSystem.wanted();
    wanted.type().ifPresent(creator::type);
    wanted.label().ifPresent(creator::label);
    return creator.progress(line::reached);
  }

  /** A new password opens nothing yet: what is wrong is that of the outer volume. */
  @Override
  boolean isOfTyped(WrongPasswordException wrong) {
    return false;
  }

  @Override
  char @Nullable [] askForPassword(PasswordPrompt prompt) {
    return hidden
        ? askTwice(prompt, "New password for the hidden volume in " + file())
        : askTwice(prompt);
  }
}
