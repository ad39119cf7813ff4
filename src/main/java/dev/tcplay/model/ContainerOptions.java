package dev.tcplay.model;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a container is opened: the keys of the {@code env} map of {@link
 * java.nio.file.FileSystems#newFileSystem(Path, Map)}, their types and their meaning. {@link
 * ContainerOpener} sets the same keys.
 *
 * <p>Flags and numbers may also be given as text, paths as text of the default file system. A value
 * of another type, a key that is not here, a value out of its range, and an empty path or text are
 * each an {@link IllegalArgumentException} that names the key and what is expected, never the value
 * of a secret. Only a password may be empty.
 *
 * <p>An instance holds copies of the secrets, which {@link #close} wipes. The caller's own arrays
 * are only read.
 */
public final class ContainerOptions implements AutoCloseable {

  /**
   * The password: {@code char[]} or {@code CharSequence}, which count in UTF-8, {@code byte[]}, or
   * a {@link java.util.function.Supplier} of one of these. An array that a supplier gives is wiped
   * after use, so it gives a fresh one each time.
   */
  public static final String PASSWORD = "password";

  /** A file ({@code Path}) whose first line, without its line end, is the password's bytes. */
  public static final String PASSWORD_FILE = "passwordFile";

  /**
   * Keyfiles: a {@code Path} of a file or of a folder of keyfiles, a {@code byte[]} of contents, or
   * a {@code Collection} or array of these. Without a password the password is empty.
   */
  public static final String KEYFILES = "keyfiles";

  /** The PIM ({@code int}, 0 or more); 0 and absent mean the default iterations. */
  public static final String PIM = "pim";

  /**
   * The only pseudo-random function to try, by any usual spelling, such as {@code SHA-512}. With
   * tcplay's suffix {@code -VC}, as in {@code SHA512-VC}, only VeraCrypt's format is tried.
   */
  public static final String HASH = "hash";

  /**
   * The only cipher chain to try, by VeraCrypt's name ({@code AES-Twofish-Serpent}) or as tcplay
   * lists it, in key order ({@code SERPENT-256-XTS,TWOFISH-256-XTS,AES-256-XTS}).
   */
  public static final String CIPHER = "cipher";

  /**
   * Whether to open the hidden volume ({@code boolean}); absent means the normal header, then the
   * hidden one.
   */
  public static final String HIDDEN = "hidden";

  /** Whether to read the backup header at the container's end ({@code boolean}). */
  public static final String BACKUP_HEADER = "backupHeader";

  /** A file ({@code Path}) that holds the header in the container's place. */
  public static final String HEADER_FILE = "headerFile";

  /**
   * Whether nothing may be written ({@code boolean}), so that others may read the container at the
   * same time. Where it is absent or false, {@link java.nio.file.FileSystem#isReadOnly} says what
   * came of it: a file that cannot be written and a driver that cannot write make the container
   * read-only too, and open to other readers.
   */
  public static final String READ_ONLY = "readOnly";

  /**
   * Whether to lock the container's file ({@code boolean}), so that it is open for one writer or
   * any number of readers; absent means true. If another program comes in all the same, a writer
   * changes nothing more and readers read no more: what they call fails, and closing too. False is
   * for hosts that know no locks, and for who answers for it that nobody else writes.
   */
  public static final String LOCK = "lock";

  /**
   * Where writes go instead of the container, which is then never touched: {@code memory}, or a new
   * file ({@code Path}), that is deleted when the container is closed. Either holds ciphertext.
   * What was written is gone when the container is closed. Not used where nothing can be written.
   */
  public static final String OVERLAY = "overlay";

  /**
   * How long a write may stay in memory only: a {@code Duration}, its text, such as {@code PT0.5S},
   * or milliseconds; absent means a second. 0 means until it is forced, the container is closed, or
   * memory is short.
   */
  public static final String SYNC_INTERVAL = "syncInterval";

  /**
   * The file-system driver by name, such as {@code fat} or {@code raw}, in place of the one that
   * recognises the volume; {@code raw} shows any volume as one file, {@code /volume.img}, which can
   * be written, but only when {@code raw} is asked for by name.
   */
  public static final String FILESYSTEM = "filesystem";

  /**
   * The container's format: {@code TrueCrypt}, {@code VeraCrypt}, or {@code plain} for a disk image
   * that is not encrypted. Absent means whichever opens.
   */
  public static final String FORMAT = "format";

  /** Where the container starts in its file ({@code long}, bytes); data units count from there. */
  public static final String OFFSET = "offset";

  /** The largest number of bytes that the cache of decrypted sectors takes ({@code long}). */
  public static final String CACHE_SIZE = "cacheSize";

  /**
   * The zone of times that the volume keeps as local times: a {@code ZoneId} or its name; absent
   * means the system's zone.
   */
  public static final String ZONE = "zone";

  /**
   * The character set of names that the volume keeps as bytes: a {@code Charset} or its name, of
   * one that contains ASCII as ASCII; absent means IBM437.
   */
  public static final String CODE_PAGE = "codePage";

  /**
   * Who learns how far the opening has come: an {@link UnlockListener}, called on the thread that
   * opens the container.
   */
  public static final String PROGRESS = "progress";

  private static final String PLAIN = "plain";
  private static final String MEMORY = "memory";

  /** The largest PIM: its iterations, 15000 + 1000 times the PIM, must fit in an int. */
  private static final int LARGEST_PIM = (Integer.MAX_VALUE - 15_000) / 1_000;

  private static final Set<String> KEYS =
      Set.of(
          PASSWORD,
          PASSWORD_FILE,
          KEYFILES,
          PIM,
          HASH,
          CIPHER,
          HIDDEN,
          BACKUP_HEADER,
          HEADER_FILE,
          READ_ONLY,
          LOCK,
          OVERLAY,
          SYNC_INTERVAL,
          FILESYSTEM,
          FORMAT,
          OFFSET,
          CACHE_SIZE,
          ZONE,
          CODE_PAGE,
          PROGRESS);

  /**
   * Where writes go instead of the container.
   *
   * @param file the file to make for them, empty for memory
   */
  public record Overlay(Optional<Path> file) {}

  private final Optional<Path> passwordFile;
  private final Optional<Credentials> secrets;
  private final OptionalInt pim;
  private final Optional<String> hash;
  private final Optional<String> cipher;
  private final Optional<Boolean> hidden;
  private final boolean backupHeader;
  private final Optional<Path> headerFile;
  private final boolean readOnly;
  private final boolean lock;
  private final Optional<Overlay> overlay;
  private final Optional<Duration> syncInterval;
  private final Optional<String> filesystem;
  private final Optional<String> format;
  private final long offset;
  private final OptionalLong cacheSize;
  private final ZoneId zone;
  private final Charset codePage;
  private final Optional<UnlockListener> progress;

  private ContainerOptions(Map<String, ?> env) {
    EnvReader reader = new EnvReader(env);
    this.passwordFile = reader.path(PASSWORD_FILE);
    OptionalLong number = reader.number(PIM, 0, LARGEST_PIM);
    this.pim = number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    this.hash = reader.text(HASH);
    this.cipher = reader.text(CIPHER);
    this.hidden = reader.flag(HIDDEN);
    this.backupHeader = reader.flag(BACKUP_HEADER).orElse(false);
    this.headerFile = reader.path(HEADER_FILE);
    this.readOnly = reader.flag(READ_ONLY).orElse(false);
    this.lock = reader.flag(LOCK).orElse(true);
    this.overlay = overlay(reader, env.get(OVERLAY));
    this.syncInterval = reader.duration(SYNC_INTERVAL);
    this.filesystem = reader.text(FILESYSTEM).map(name -> name.toLowerCase(Locale.ROOT));
    this.format = reader.text(FORMAT).map(ContainerOptions::formatName);
    this.offset = reader.number(OFFSET, 0, Long.MAX_VALUE).orElse(0);
    this.cacheSize = reader.number(CACHE_SIZE, 0, Long.MAX_VALUE);
    this.zone = reader.zone(ZONE).orElseGet(ZoneId::systemDefault);
    this.codePage = reader.charset(CODE_PAGE).orElseGet(() -> Charset.forName("IBM437"));
    this.progress = reader.listener(PROGRESS);
    if (env.containsKey(PASSWORD) && env.containsKey(PASSWORD_FILE)) {
      throw new IllegalArgumentException("password and passwordFile exclude each other");
    }
    // Last, so that no other failure leaves copies of secrets behind.
    this.secrets = SecretReader.read(env);
  }

  /** Returns whether a map holds a key of ours, and so may be meant for us. */
  public static boolean concerns(Map<String, ?> env) {
    return env.keySet().stream().anyMatch(ContainerOptions::isKey);
  }

  /** A map may have a null key, which an immutable set does not let be asked for. */
  private static boolean isKey(@Nullable String key) {
    return key != null && KEYS.contains(key);
  }

  /** Returns whether a map asks for {@code format=plain}, whatever else is in it. */
  public static boolean asksForPlain(Map<String, ?> env) {
    return env.get(FORMAT) instanceof CharSequence format && PLAIN.contentEquals(lower(format));
  }

  /**
   * Reads a map. The caller closes the result.
   *
   * @throws IllegalArgumentException if a key is unknown or a value does not fit
   */
  public static ContainerOptions parse(Map<String, ?> env) {
    for (String key : env.keySet()) {
      if (!isKey(key)) {
        throw new IllegalArgumentException(
            "unknown option " + key + "; known are " + String.join(", ", new TreeSet<>(KEYS)));
      }
    }
    return new ContainerOptions(env);
  }

  private static Optional<Overlay> overlay(EnvReader reader, @Nullable Object value) {
    if (value instanceof CharSequence text && MEMORY.contentEquals(lower(text))) {
      return Optional.of(new Overlay(Optional.empty()));
    }
    return reader.path(OVERLAY).map(file -> new Overlay(Optional.of(file)));
  }

  private static String formatName(String name) {
    return switch (lower(name)) {
      case PLAIN -> PLAIN;
      case "truecrypt" -> "TrueCrypt";
      case "veracrypt" -> "VeraCrypt";
      default ->
          throw new IllegalArgumentException(FORMAT + " must be TrueCrypt, VeraCrypt or plain");
    };
  }

  private static String lower(CharSequence text) {
    return text.toString().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the password and keyfiles that the caller gave, reading {@link #PASSWORD_FILE}; empty
   * if the caller gave none. The caller closes them.
   *
   * @throws IOException if the password file cannot be read
   */
  public Optional<Credentials> credentials() throws IOException {
    if (passwordFile.isEmpty()) {
      return secrets.map(given -> Credentials.of(given.password()).keyfilesOf(given));
    }
    Credentials read = Credentials.ofFirstLine(passwordFile.get());
    secrets.ifPresent(read::keyfilesOf);
    return Optional.of(read);
  }

  /** Returns {@link #PIM}. */
  public OptionalInt pim() {
    return pim;
  }

  /** Returns {@link #HASH} as given. */
  public Optional<String> hash() {
    return hash;
  }

  /** Returns {@link #CIPHER} as given. */
  public Optional<String> cipher() {
    return cipher;
  }

  /** Returns {@link #HIDDEN}. */
  public Optional<Boolean> hidden() {
    return hidden;
  }

  /** Returns {@link #BACKUP_HEADER}, false if absent. */
  public boolean backupHeader() {
    return backupHeader;
  }

  /** Returns {@link #HEADER_FILE}. */
  public Optional<Path> headerFile() {
    return headerFile;
  }

  /** Returns {@link #READ_ONLY}, false if absent. */
  public boolean readOnly() {
    return readOnly;
  }

  /** Returns {@link #LOCK}, true if absent. */
  public boolean lock() {
    return lock;
  }

  /** Returns {@link #OVERLAY}. */
  public Optional<Overlay> overlay() {
    return overlay;
  }

  /** Returns {@link #SYNC_INTERVAL}. */
  public Optional<Duration> syncInterval() {
    return syncInterval;
  }

  /** Returns {@link #FILESYSTEM} in lower case. */
  public Optional<String> filesystem() {
    return filesystem;
  }

  /** Returns {@link #FORMAT} as {@link VolumeInfo#format} spells it. */
  public Optional<String> format() {
    return format;
  }

  /** Returns whether {@link #FORMAT} is {@code plain}. */
  public boolean plain() {
    return format.filter(PLAIN::equals).isPresent();
  }

  /** Returns {@link #OFFSET}, 0 if absent. */
  public long offset() {
    return offset;
  }

  /** Returns {@link #CACHE_SIZE}. */
  public OptionalLong cacheSize() {
    return cacheSize;
  }

  /** Returns {@link #ZONE}, the system's if absent. */
  public ZoneId zone() {
    return zone;
  }

  /** Returns {@link #CODE_PAGE}, IBM437 if absent. */
  public Charset codePage() {
    return codePage;
  }

  /** Returns {@link #PROGRESS}. */
  public Optional<UnlockListener> progress() {
    return progress;
  }

  /** Wipes the copies of secrets. */
  @Override
  public void close() {
    secrets.ifPresent(Credentials::close);
  }
}
