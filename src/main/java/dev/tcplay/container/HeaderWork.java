package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.KeptDevice;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.HeaderInfo;
import dev.tcplay.model.KeyProvider;
import dev.tcplay.model.Keys;
import dev.tcplay.model.ParsedOptions;
import dev.tcplay.model.VolumeKeyUser;
import dev.tcplay.volume.HeaderStore;
import dev.tcplay.volume.KeyfilePlaces;
import dev.tcplay.volume.OpenedVolume;
import dev.tcplay.volume.OwnersFile;
import dev.tcplay.volume.UnlockRequest;
import dev.tcplay.volume.VolumeKey;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells of the headers of a container, copies and writes them. */
public final class HeaderWork {

  private final Path container;
  private final Map<String, ?> env;
  private final SecureRandom random;

  /** Headers, with what has opened them. */
  private record Opened(BlockDevice host, HeaderStore store, ParsedOptions options, Keys keys) {}

  /** Something done with the headers of an open container. */
  private interface Task<T> {
    T on(Opened opened) throws IOException;
  }

  /** Something done with a host whose headers are not opened yet. */
  private interface HostTask<T> {
    T on(BlockDevice host, ParsedOptions options, UnlockRequest request, Keys keys)
        throws IOException;
  }

  /**
   * Prepares work; nothing is read yet.
   *
   * @param env how to open the container, as {@link ContainerOptions} says
   * @param random where salts and noise come from
   */
  public HeaderWork(Path container, Map<String, ?> env, SecureRandom random) {
    this.container = container;
    this.env = env;
    this.random = random;
  }

  /**
   * Returns the facts of the headers.
   *
   * @throws IOException as {@link dev.tcplay.ContainerHeaders#info} says
   */
  public HeaderInfo info() throws IOException {
    return with(false, opened -> opened.store().headerInfo());
  }

  /**
   * Copies the headers into a file.
   *
   * @param replace whether a file of that name is replaced
   * @throws IOException as {@link dev.tcplay.ContainerHeaders#backUp} says
   */
  public void backUp(Path file, boolean replace) throws IOException {
    checkTarget(file, replace);
    with(
        false,
        opened -> {
          KeyfilePlaces.checkApart(opened.keys(), file);
          opened.store().backUp(file, replace);
          return file;
        });
  }

  private void checkTarget(Path file, boolean replace) throws IOException {
    if (Files.exists(file)) {
      if (!replace) {
        throw new FileAlreadyExistsException(file.toString());
      }
      if (!Files.isRegularFile(file) || Files.isSameFile(file, container)) {
        throw new FileSystemException(
            file.toString(), null, "is the container, or no regular file, and is not replaced");
      }
    }
  }

  /**
   * Writes the header that opens to both of its places.
   *
   * @param force whether to do so also where nothing is recognised in what it decrypts
   * @throws IOException as {@link dev.tcplay.ContainerHeaders#restore} says
   */
  public void restore(boolean force) throws IOException {
    with(
        true,
        opened -> {
          if (!force && !recognises(opened)) {
            throw new FileSystemException(
                container.toString(),
                null,
                "nothing was written: the header opens, but nothing is recognised in what it"
                    + " decrypts, so it may be the header of another container; force restores it");
          }
          opened.store().restore();
          return opened;
        });
  }

  /**
   * Writes the header and its backup under new keys.
   *
   * @param to asked once the old keys have opened the volume; what it gives is closed
   * @param keepKeyfiles whether the keyfiles stay, if the new keys have none
   * @param format the format afterwards, empty if it stays
   * @param copy a file that the headers are copied to before, if any
   * @param advice gets a sentence on each thing that weakens the new keys
   * @throws IOException as {@link dev.tcplay.ContainerKeyChange#change} says
   */
  public void change(
      KeyProvider to,
      boolean keepKeyfiles,
      Optional<String> format,
      Optional<Path> copy,
      Consumer<String> advice)
      throws IOException {
    with(
        true,
        opened -> {
          opened.store().checkCopy(copy); // before anybody thinks of a new password
          try (Keys wanted = to.keys(container).orElseGet(() -> Keys.builder().build());
              Keys whole = wanted.replacing(opened.keys(), keepKeyfiles)) {
            checkKeyfiles(whole, opened.keys(), copy);
            opened.store().reseal(whole, format, copy, advice);
          }
          return opened;
        });
  }

  /**
   * Writes the header under new keys into a file, and leaves the container as it is.
   *
   * @param replace whether a file of that name is replaced
   * @throws IOException as {@link dev.tcplay.ContainerKeyChange#change} says
   */
  public void changeInto(
      Path file,
      boolean replace,
      KeyProvider to,
      boolean keepKeyfiles,
      Optional<String> format,
      Consumer<String> advice)
      throws IOException {
    checkTarget(file, replace);
    with(
        false,
        opened -> {
          try (Keys wanted = to.keys(container).orElseGet(() -> Keys.builder().build());
              Keys whole = wanted.replacing(opened.keys(), keepKeyfiles)) {
            checkKeyfiles(whole, opened.keys(), Optional.of(file));
            opened.store().resealInto(file, replace, whole, format, advice);
          }
          return file;
        });
  }

  /** Refuses keyfiles that would not open what is written under them, or its copy. */
  private void checkKeyfiles(Keys to, Keys from, Optional<Path> copy) throws IOException {
    KeyfilePlaces.checkLasting(to);
    KeyfilePlaces.checkApart(to, container);
    if (copy.isPresent()) {
      KeyfilePlaces.checkApart(to, copy.get());
      KeyfilePlaces.checkApart(from, copy.get());
    }
  }

  /** Returns whether what the header decrypts is a file system or a disk with partitions. */
  private static boolean recognises(Opened opened) throws IOException {
    BlockDevice host = new KeptDevice(opened.host());
    OpenedVolume volume = opened.store().volume(host);
    try (BlockDevice plaintext = volume.plaintext()) {
      return DecryptedRightly.looksSo(
          plaintext, volume.info(), Drivers.named(opened.options().filesystem()));
    }
  }

  /**
   * Has the master key used.
   *
   * @throws IOException as {@link dev.tcplay.ContainerHeaders#useKey} says
   */
  public void useKey(VolumeKeyUser user) throws IOException {
    withHost(
        false,
        (host, options, request, keys) -> {
          try (VolumeKey key = VolumeKey.read(host, container.toString(), request)) {
            user.use(key.info(), key.bytes());
            return key.info();
          }
        });
  }

  /**
   * Writes the master key to a file.
   *
   * @param replace whether a file of that name is replaced
   * @throws IOException as {@link dev.tcplay.ContainerHeaders#exportKey} says
   */
  public void exportKey(Path file, boolean replace) throws IOException {
    checkTarget(file, replace);
    withHost(
        false,
        (host, options, request, keys) -> {
          KeyfilePlaces.checkApart(keys, file);
          try (VolumeKey key = VolumeKey.read(host, container.toString(), request)) {
            OwnersFile.write(file, key.bytes(), replace);
            return file;
          }
        });
  }

  private <T> T with(boolean writing, Task<T> task) throws IOException {
    return withHost(
        writing,
        (host, options, request, keys) -> {
          try (HeaderStore store = HeaderStore.open(host, container.toString(), request, random)) {
            return task.on(new Opened(host, store, options, keys));
          }
        });
  }

  private <T> T withHost(boolean writing, HostTask<T> task) throws IOException {
    try (ParsedOptions options = ContainerOptions.parse(env)) {
      check(options);
      HostCheck.check(container, env);
      String owner = "work on the headers of " + container;
      Opening opening =
          writing
              ? Opening.writing(container, options, owner)
              : Opening.reading(container, options, owner);
      try (Keys keys = KeySearch.find(container, options.keys());
          UnlockRequest request = UnlockRequests.of(options, keys);
          BlockDevice host = opening.openEncrypted()) {
        if (writing && host.isReadOnly()) {
          throw new AccessDeniedException(
              container.toString(), null, "is read-only: its headers cannot be written");
        }
        return task.on(host, options, request, keys);
      }
    }
  }

  /** Refuses what has no header before keys are looked for. */
  private static void check(ParsedOptions options) {
    if (options.plain()) {
      throw new IllegalArgumentException(
          ContainerOptions.FORMAT + " must be TrueCrypt or VeraCrypt: a plain file has no header");
    } else if (!options.system()) {
      return;
    }
    if (options.hidden().orElse(false) || options.partition().isPresent()) {
      throw new IllegalArgumentException(
          "%s excludes %s and %s here: the header of a system drive is that of the whole disk, and that of a hidden operating system the one of a hidden volume in its partition"
              .formatted(
                  ContainerOptions.SYSTEM, ContainerOptions.HIDDEN, ContainerOptions.PARTITION));
    }
    if (options.backupHeader().orElse(false)) {
      throw new IllegalArgumentException(
          "a system drive has no backup header on the disk: it is restored from a file ("
              + ContainerOptions.HEADER_FILE
              + ", in the command --from)");
    }
  }
}
