package dev.tcplay.model;

import static dev.tcplay.model.ContainerOptions.BACKUP_HEADER;
import static dev.tcplay.model.ContainerOptions.CACHE_SIZE;
import static dev.tcplay.model.ContainerOptions.CODE_PAGE;
import static dev.tcplay.model.ContainerOptions.FDE;
import static dev.tcplay.model.ContainerOptions.FILESYSTEM;
import static dev.tcplay.model.ContainerOptions.FORMAT;
import static dev.tcplay.model.ContainerOptions.HEADER_FILE;
import static dev.tcplay.model.ContainerOptions.HIDDEN;
import static dev.tcplay.model.ContainerOptions.IGNORE_HEADER_CRC;
import static dev.tcplay.model.ContainerOptions.KEEP_HOST_TIMES;
import static dev.tcplay.model.ContainerOptions.LOCK;
import static dev.tcplay.model.ContainerOptions.OFFSET;
import static dev.tcplay.model.ContainerOptions.OVERLAY;
import static dev.tcplay.model.ContainerOptions.PARTITION;
import static dev.tcplay.model.ContainerOptions.PASSWORD_ENCODING;
import static dev.tcplay.model.ContainerOptions.PLAIN;
import static dev.tcplay.model.ContainerOptions.PROGRESS;
import static dev.tcplay.model.ContainerOptions.PROTECTION_LISTENER;
import static dev.tcplay.model.ContainerOptions.PROTECT_HIDDEN;
import static dev.tcplay.model.ContainerOptions.READ_ONLY;
import static dev.tcplay.model.ContainerOptions.SYNC_INTERVAL;
import static dev.tcplay.model.ContainerOptions.SYSTEM;
import static dev.tcplay.model.ContainerOptions.SYSTEM_DISK;
import static dev.tcplay.model.ContainerOptions.VOLUME_KEY_FILE;
import static dev.tcplay.model.ContainerOptions.ZONE;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An env map that was read, as {@link ContainerOptions#parse} does: every value of its type, and
 * defaults for most of what is absent. It holds copies of the secrets, which {@link #close} wipes.
 */
public final class ParsedOptions implements AutoCloseable {

  private static final String MEMORY = "memory";

  private static final Set<Charset> PASSWORD_ENCODINGS =
      Set.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1);

  /**
   * Where writes go instead of the container.
   *
   * @param file the file to make for them, empty for memory
   */
  public record Overlay(Optional<Path> file) {}

  private final Keys keys;
  private final Optional<Keys> protectHidden;
  private final Optional<ProtectionListener> protectionListener;
  private final Optional<Boolean> hidden;
  private final Optional<Boolean> backupHeader;
  private final Optional<Path> headerFile;
  private final Optional<VolumeKeyOptions> volumeKey;
  private final boolean system;
  private final Optional<Path> systemDisk;
  private final boolean fde;
  private final boolean ignoreHeaderCrc;
  private final Charset passwordEncoding;
  private final boolean readOnly;
  private final boolean lock;
  private final boolean keepHostTimes;
  private final Optional<Overlay> overlay;
  private final Optional<Duration> syncInterval;
  private final Optional<String> filesystem;
  private final Optional<String> format;
  private final long offset;
  private final OptionalInt partition;
  private final OptionalLong cacheSize;
  private final ZoneId zone;
  private final Charset codePage;
  private final Optional<UnlockListener> progress;

  ParsedOptions(Map<String, ?> env) {
    EnvReader reader = new EnvReader(env);
    this.hidden = reader.flag(HIDDEN);
    this.backupHeader = reader.flag(BACKUP_HEADER);
    this.headerFile = reader.path(HEADER_FILE);
    this.ignoreHeaderCrc = reader.flag(IGNORE_HEADER_CRC).orElse(false);
    this.passwordEncoding = reader.charset(PASSWORD_ENCODING).orElse(StandardCharsets.UTF_8);
    if (!PASSWORD_ENCODINGS.contains(passwordEncoding)) {
      throw new IllegalArgumentException(PASSWORD_ENCODING + " must be UTF-8 or ISO-8859-1");
    }
    this.readOnly = reader.flag(READ_ONLY).orElse(false);
    this.lock = reader.flag(LOCK).orElse(true);
    this.keepHostTimes = reader.flag(KEEP_HOST_TIMES).orElse(false);
    this.overlay = overlay(reader, env.get(OVERLAY));
    this.syncInterval = reader.duration(SYNC_INTERVAL);
    this.filesystem = reader.text(FILESYSTEM).map(name -> name.toLowerCase(Locale.ROOT));
    this.format = reader.text(FORMAT).map(ParsedOptions::formatName);
    this.systemDisk = reader.path(SYSTEM_DISK);
    this.fde = reader.flag(FDE).orElse(false);
    this.system = system(reader.flag(SYSTEM));
    this.offset = reader.bytes(OFFSET, 0, Long.MAX_VALUE).orElse(0);
    this.partition = partition(reader);
    this.cacheSize = reader.bytes(CACHE_SIZE, 0, Long.MAX_VALUE);
    this.zone = reader.zone(ZONE).orElseGet(ZoneId::systemDefault);
    this.codePage = reader.charset(CODE_PAGE).orElseGet(() -> Charset.forName("IBM437"));
    this.progress = reader.listener(PROGRESS, UnlockListener.class);
    this.protectHidden = Keys.shared(env, PROTECT_HIDDEN);
    this.protectionListener = reader.listener(PROTECTION_LISTENER, ProtectionListener.class);
    checkProtection();
    this.volumeKey = VolumeKeyOptions.read(reader);
    checkVolumeKey();
    // Last, so that no other failure leaves copies of secrets behind.
    this.keys = Keys.read(env);
    if (volumeKey.isPresent() && (keys.haveSecrets() || keys.cipher().isEmpty())) {
      keys.close();
      throw new IllegalArgumentException(
          VOLUME_KEY_FILE + " goes with the cipher, and without password and keyfiles");
    }
  }

  private void checkVolumeKey() {
    excludeVolumeKey(headerFile.isPresent(), HEADER_FILE);
    excludeVolumeKey(backupHeader.orElse(false), BACKUP_HEADER);
    excludeVolumeKey(system, SYSTEM);
    excludeVolumeKey(protectHidden.isPresent(), PROTECT_HIDDEN);
    excludeVolumeKey(plain(), FORMAT + " " + PLAIN);
  }

  private void excludeVolumeKey(boolean given, String other) {
    if (given && volumeKey.isPresent()) {
      throw new IllegalArgumentException(VOLUME_KEY_FILE + " and " + other + " exclude each other");
    }
  }

  /** Checks the options of system drives together, before secrets are copied. */
  private boolean system(Optional<Boolean> asked) {
    if (fde && systemDisk.isPresent()) {
      throw new IllegalArgumentException(FDE + " and " + SYSTEM_DISK + " exclude each other");
    }
    boolean implied = fde || systemDisk.isPresent();
    if (implied && !asked.orElse(true)) {
      throw new IllegalArgumentException(
          SYSTEM + " must not be false with " + (fde ? FDE : SYSTEM_DISK));
    }
    if ((implied || asked.orElse(false)) && plain()) {
      throw new IllegalArgumentException(
          FORMAT + " " + PLAIN + " and " + SYSTEM + " exclude each other");
    }
    if (implied && hidden.orElse(false)) {
      throw new IllegalArgumentException(
          HIDDEN + " and " + (fde ? FDE : SYSTEM_DISK) + " exclude each other");
    }
    return implied || asked.orElse(false);
  }

  private void checkProtection() {
    if (protectHidden.isEmpty() && protectionListener.isPresent()) {
      throw new IllegalArgumentException(PROTECTION_LISTENER + " goes with " + PROTECT_HIDDEN);
    }
    String other =
        hidden.orElse(false) ? HIDDEN : system ? SYSTEM : plain() ? FORMAT + " " + PLAIN : "";
    if (protectHidden.isPresent() && !other.isEmpty()) {
      throw new IllegalArgumentException(PROTECT_HIDDEN + " and " + other + " exclude each other");
    }
  }

  private static Optional<Overlay> overlay(EnvReader reader, @Nullable Object value) {
    if (value instanceof CharSequence text && MEMORY.contentEquals(lower(text))) {
      return Optional.of(new Overlay(Optional.empty()));
    }
    return reader.path(OVERLAY).map(file -> new Overlay(Optional.of(file)));
  }

  private static OptionalInt partition(EnvReader reader) {
    OptionalLong number = reader.number(PARTITION, 1, Integer.MAX_VALUE);
    return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
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

  /** Returns the keys; {@link #close} wipes them, unless the caller gave them as one object. */
  public Keys keys() {
    return keys;
  }

  /** Returns {@link ContainerOptions#PROTECT_HIDDEN}, whose secrets are the caller's. */
  public Optional<Keys> protectHidden() {
    return protectHidden;
  }

  /** Returns {@link ContainerOptions#PROTECTION_LISTENER}. */
  public Optional<ProtectionListener> protectionListener() {
    return protectionListener;
  }

  /** Returns {@link ContainerOptions#HIDDEN}. */
  public Optional<Boolean> hidden() {
    return hidden;
  }

  /** Returns {@link ContainerOptions#BACKUP_HEADER}. */
  public Optional<Boolean> backupHeader() {
    return backupHeader;
  }

  /** Returns {@link ContainerOptions#HEADER_FILE}. */
  public Optional<Path> headerFile() {
    return headerFile;
  }

  /** Returns {@link ContainerOptions#VOLUME_KEY_FILE} and what goes with it. */
  public Optional<VolumeKeyOptions> volumeKey() {
    return volumeKey;
  }

  /** Returns whether {@link ContainerOptions#SYSTEM} is asked for, or implied by the next two. */
  public boolean system() {
    return system;
  }

  /** Returns {@link ContainerOptions#SYSTEM_DISK}. */
  public Optional<Path> systemDisk() {
    return systemDisk;
  }

  /** Returns {@link ContainerOptions#FDE}, false if absent. */
  public boolean fde() {
    return fde;
  }

  /** Returns {@link ContainerOptions#IGNORE_HEADER_CRC}, false if absent. */
  public boolean ignoreHeaderCrc() {
    return ignoreHeaderCrc;
  }

  /** Returns {@link ContainerOptions#PASSWORD_ENCODING}, UTF-8 if absent. */
  public Charset passwordEncoding() {
    return passwordEncoding;
  }

  /** Returns {@link ContainerOptions#READ_ONLY}, false if absent. */
  public boolean readOnly() {
    return readOnly;
  }

  /** Returns {@link ContainerOptions#LOCK}, true if absent. */
  public boolean lock() {
    return lock;
  }

  /** Returns {@link ContainerOptions#KEEP_HOST_TIMES}, false if absent. */
  public boolean keepHostTimes() {
    return keepHostTimes;
  }

  /** Returns {@link ContainerOptions#OVERLAY}. */
  public Optional<Overlay> overlay() {
    return overlay;
  }

  /** Returns {@link ContainerOptions#SYNC_INTERVAL}. */
  public Optional<Duration> syncInterval() {
    return syncInterval;
  }

  /** Returns {@link ContainerOptions#FILESYSTEM} in lower case. */
  public Optional<String> filesystem() {
    return filesystem;
  }

  /** Returns {@link ContainerOptions#FORMAT} as {@link VolumeInfo#format} spells it. */
  public Optional<String> format() {
    return format;
  }

  /** Returns whether {@link ContainerOptions#FORMAT} is {@code plain}. */
  public boolean plain() {
    return format.filter(PLAIN::equals).isPresent();
  }

  /** Returns {@link ContainerOptions#OFFSET}, 0 if absent. */
  public long offset() {
    return offset;
  }

  /** Returns {@link ContainerOptions#PARTITION}. */
  public OptionalInt partition() {
    return partition;
  }

  /** Returns {@link ContainerOptions#CACHE_SIZE}. */
  public OptionalLong cacheSize() {
    return cacheSize;
  }

  /** Returns {@link ContainerOptions#ZONE}, the system's if absent. */
  public ZoneId zone() {
    return zone;
  }

  /** Returns {@link ContainerOptions#CODE_PAGE}, IBM437 if absent. */
  public Charset codePage() {
    return codePage;
  }

  /** Returns {@link ContainerOptions#PROGRESS}. */
  public Optional<UnlockListener> progress() {
    return progress;
  }

  /** Wipes the copies of secrets. */
  @Override
  public void close() {
    keys.close();
  }
}
