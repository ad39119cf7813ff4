package dev.tcplay.nio;

import dev.tcplay.container.KeySearch;
import dev.tcplay.crypttab.Crypttab;
import dev.tcplay.crypttab.Dialect;
import dev.tcplay.crypttab.Entry;
import dev.tcplay.crypttab.Skipped;
import dev.tcplay.model.Keys;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The file systems that are opened by the names of a crypttab, where a system property names one.
 * An entry is opened once, by the first who asks, and again by the next after it was closed; what
 * is open when the process ends is closed, so that all is written and the keys are wiped.
 */
final class NamedVolumes {

  /** The table; without it no name is known. */
  static final String TABLE = "tcplay.crypttab";

  /** Whose table it is. */
  static final String DIALECT = "tcplay.crypttab.dialect";

  /** Opens a container that is found by a name. */
  interface Opener {
    TcplayFileSystem open(Path container, Map<String, ?> env, Location where, Closeable afterClose)
        throws IOException;
  }

  private static final ConcurrentMap<String, NamedVolume> VOLUMES = new ConcurrentHashMap<>();
  private static final AtomicBoolean HOOKED = new AtomicBoolean();
  private static volatile boolean ending;

  private NamedVolumes() {}

  /**
   * Returns the file system of an entry, which is opened if it is not, without asking anybody.
   *
   * @throws FileSystemNotFoundException if there is no such entry, or it cannot be opened; its
   *     cause says why
   */
  static TcplayFileSystem open(NamedUri uri, Opener opener) {
    try {
      NamedVolume volume = VOLUMES.get(uri.name());
      table(uri);
      if (volume == null) {
        entry(uri);
        volume = VOLUMES.computeIfAbsent(uri.name(), name -> new NamedVolume());
      }
      return volume.open(free -> open(uri, opener, free));
    } catch (IOException | IllegalArgumentException e) {
      throw notFound(uri, reason(e), e);
    }
  }

  /**
   * Returns the file system of an entry if it is open.
   *
   * @throws FileSystemNotFoundException if it is not
   */
  static TcplayFileSystem find(NamedUri uri) {
    table(uri);
    NamedVolume volume = VOLUMES.get(uri.name());
    TcplayFileSystem open = volume == null ? null : volume.current();
    if (open == null) {
      throw notFound(uri, "not open", null);
    }
    return open;
  }

  private static TcplayFileSystem open(NamedUri uri, Opener opener, Closeable afterClose)
      throws IOException {
    closeAtEnd();
    Entry entry = entry(uri);
    try (Keys keys = keys(entry)) {
      return opener.open(entry.source(), entry.env(keys), uri, afterClose);
    }
  }

  /**
   * Returns what the table says, or a passphrase that this place knows of; the caller closes it.
   */
  private static Keys keys(Entry entry) throws IOException {
    // No program of the table's runs because somebody parsed a URI.
    Optional<Keys> known = entry.keys(false);
    if (known.isPresent()) {
      return known.get();
    }
    try (Keys others = entry.keysWithoutPassphrase()) {
      return KeySearch.findPassword(
          entry.source(),
          others,
          "a URI asks nobody: " + entry.place() + " names no file of the passphrase");
    }
  }

  private static Entry entry(NamedUri uri) throws IOException {
    Path file = Path.of(table(uri));
    String dialect = System.getProperty(DIALECT);
    if (dialect == null) {
      throw new IllegalArgumentException(
          "the property " + DIALECT + " must be set, too: " + Dialect.NAMES);
    }
    Crypttab table = Crypttab.read(file, Dialect.of(dialect));
    Optional<Skipped> skipped = table.findSkipped(uri.name());
    if (skipped.isPresent()) {
      throw new IOException(skipped.get().message());
    }
    return table
        .find(uri.name())
        .orElseThrow(
            () -> new FileSystemException(file.toString(), null, "has no entry of this name"));
  }

  private static String table(NamedUri uri) {
    String file = System.getProperty(TABLE);
    if (file == null || file.isEmpty()) {
      throw notFound(
          uri,
          "names are known only where the property " + TABLE + " is set; " + TcplayUri.SLASHES,
          null);
    }
    return file;
  }

  /** Some exceptions of a file say by their class alone what is the matter with it. */
  private static String reason(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof NoSuchFileException e && e.getReason() == null) {
      return message + ": no such file";
    } else if (failure instanceof AccessDeniedException e && e.getReason() == null) {
      return message + ": access denied";
    }
    return message;
  }

  private static FileSystemNotFoundException notFound(
      NamedUri uri, String reason, @Nullable Throwable cause) {
    FileSystemNotFoundException failure =
        new FileSystemNotFoundException(uri.inside("/") + ": " + reason);
    if (cause != null) {
      failure.initCause(cause);
    }
    return failure;
  }

  private static void closeAtEnd() throws IOException {
    if (!ending && !HOOKED.getAndSet(true)) {
      try {
        Runtime.getRuntime().addShutdownHook(new Thread(NamedVolumes::end, "tcplay-names"));
      } catch (IllegalStateException e) {
        ending = true;
      }
    }
    if (ending) {
      throw new IOException("the process ends");
    }
  }

  /** Nobody is there to learn of a failure, and the others are to be closed as well. */
  private static void end() {
    ending = true;
    for (NamedVolume volume : VOLUMES.values()) {
      try {
        TcplayFileSystem open = volume.current();
        if (open != null) {
          open.close();
        }
      } catch (IOException | RuntimeException | Error e) {
        System.getLogger(NamedVolumes.class.getName())
            .log(System.Logger.Level.WARNING, "closing at the end of the process failed", e);
      }
    }
  }
}
