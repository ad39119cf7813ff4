package dev.tcplay.model;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of opening a container: the one table that the env map, the builder,
 * docs/reference.md and the Javadoc of {@link ContainerOptions} share. Texts are Markdown.
 */
public enum ContainerOption {
  /** See {@link ContainerOptions#KEYS}. */
  KEYS(
      ContainerOptions.KEYS,
      "`Keys`",
      "password, keyfiles, PIM, hash and cipher as one object, in place of the next six",
      "the next six"),

  /** See {@link ContainerOptions#PASSWORD}. */
  PASSWORD(
      ContainerOptions.PASSWORD,
      "`char[]`, `byte[]`, `CharSequence`, or a `Supplier` of one",
      "the password, text in UTF-8, of which VeraCrypt takes up to 128 bytes and TrueCrypt the first 64, with a warning",
      "empty with keyfiles, else looked up"),

  /** See {@link ContainerOptions#PASSWORD_FILE}. */
  PASSWORD_FILE(
      ContainerOptions.PASSWORD_FILE,
      "`Path`",
      "its first line, without the line end, is the password's bytes",
      ""),

  /** See {@link ContainerOptions#KEYFILES}. */
  KEYFILES(
      ContainerOptions.KEYFILES,
      "`Path`, `byte[]`, `KeyfileSource`, or several",
      "keyfiles, folders of keyfiles, contents of keyfiles, tokens that give such",
      "none"),

  /** See {@link ContainerOptions#PIM}. */
  PIM(ContainerOptions.PIM, "number", "VeraCrypt's PIM", "0, the default iterations"),

  /** See {@link ContainerOptions#HASH}. */
  HASH(
      ContainerOptions.HASH,
      "text",
      "the only hash to try: `sha512`, `SHA-512`; `SHA512-VC`, with tcplay's `-VC`, is VeraCrypt's only; or several to try, with commas between them",
      "all"),

  /** See {@link ContainerOptions#CIPHER}. */
  CIPHER(
      ContainerOptions.CIPHER,
      "text",
      "the only cipher chain to try: `AES-Twofish-Serpent`",
      "all"),

  /** See {@link ContainerOptions#HIDDEN}. */
  HIDDEN(
      ContainerOptions.HIDDEN,
      "flag",
      "the hidden volume only (true), the normal only (false)",
      "normal, then hidden"),

  /** See {@link ContainerOptions#PROTECT_HIDDEN}. */
  PROTECT_HIDDEN(
      ContainerOptions.PROTECT_HIDDEN,
      "`Keys`",
      "the keys of the hidden volume in the normal one, which is then kept from being overwritten",
      "nothing is protected"),

  /** See {@link ContainerOptions#PROTECTION_LISTENER}. */
  PROTECTION_LISTENER(
      ContainerOptions.PROTECTION_LISTENER,
      "`ProtectionListener`",
      "learns of the write that was refused to protect the hidden volume",
      ""),

  /** See {@link ContainerOptions#BACKUP_HEADER}. */
  BACKUP_HEADER(
      ContainerOptions.BACKUP_HEADER,
      "flag",
      "true: the backup header at the container's end only; false: the header only",
      "the header, then its backup"),

  /** See {@link ContainerOptions#HEADER_FILE}. */
  HEADER_FILE(
      ContainerOptions.HEADER_FILE, "`Path`", "take the header from this file", "the container"),

  /** See {@link ContainerOptions#VOLUME_KEY_FILE}. */
  VOLUME_KEY_FILE(
      ContainerOptions.VOLUME_KEY_FILE,
      "`Path`",
      "open without any header by the master key in this file; needs `cipher`, and no password",
      "a header is opened"),

  /** See {@link ContainerOptions#VOLUME_OFFSET}. */
  VOLUME_OFFSET(
      ContainerOptions.VOLUME_OFFSET,
      "bytes",
      "with it: where the data begin in the container",
      "131072"),

  /** See {@link ContainerOptions#VOLUME_SIZE}. */
  VOLUME_SIZE(
      ContainerOptions.VOLUME_SIZE,
      "bytes",
      "with it: how long the data are",
      "up to 131072 bytes before the end"),

  /** See {@link ContainerOptions#SYSTEM}. */
  SYSTEM(
      ContainerOptions.SYSTEM,
      "flag",
      "the file is a system drive: a whole disk, or a partition with `systemDisk`; with `hidden` the hidden operating system",
      "false"),

  /** See {@link ContainerOptions#SYSTEM_DISK}. */
  SYSTEM_DISK(
      ContainerOptions.SYSTEM_DISK,
      "`Path`",
      "the disk that holds the header, where the file is one partition of it",
      "the file itself"),

  /** See {@link ContainerOptions#FDE}. */
  FDE(
      ContainerOptions.FDE,
      "flag",
      "show the whole system drive, its clear sectors as they are, not one partition",
      "false"),

  /** See {@link ContainerOptions#IGNORE_HEADER_CRC}. */
  IGNORE_HEADER_CRC(
      ContainerOptions.IGNORE_HEADER_CRC,
      "flag",
      "open a header whose CRC is wrong, read-only and with a warning: a last resort",
      "false"),

  /** See {@link ContainerOptions#PASSWORD_ENCODING}. */
  PASSWORD_ENCODING(
      ContainerOptions.PASSWORD_ENCODING,
      "`Charset` or name",
      "`ISO-8859-1` (`latin1`): a password beyond ASCII that opens nothing in UTF-8 is tried so, too",
      "`UTF-8` only"),

  /** See {@link ContainerOptions#READ_ONLY}. */
  READ_ONLY(
      ContainerOptions.READ_ONLY,
      "flag",
      "nothing may be written, others may read the container too",
      "false"),

  /** See {@link ContainerOptions#LOCK}. */
  LOCK(
      ContainerOptions.LOCK,
      "flag",
      "lock the container's file; false for hosts that know no locks",
      "true"),

  /** See {@link ContainerOptions#KEEP_HOST_TIMES}. */
  KEEP_HOST_TIMES(
      ContainerOptions.KEEP_HOST_TIMES,
      "flag",
      "the container's file keeps its times of last access and modification",
      "false"),

  /** See {@link ContainerOptions#OVERLAY}. */
  OVERLAY(
      ContainerOptions.OVERLAY,
      "`memory` or `Path`",
      "writes go there as ciphertext, the container is never touched; gone when it is closed",
      "none"),

  /** See {@link ContainerOptions#SYNC_INTERVAL}. */
  SYNC_INTERVAL(
      ContainerOptions.SYNC_INTERVAL,
      "`Duration`, its text, or ms",
      "how long a write may stay in memory only; 0 until forced or closed",
      "1 s"),

  /** See {@link ContainerOptions#FILESYSTEM}. */
  FILESYSTEM(
      ContainerOptions.FILESYSTEM,
      "text",
      "the driver: `fat`, `exfat`, `archive`, or `raw` for one file, `/volume.img`, that can be"
          + " written",
      "the one that recognises the volume, else `raw`"),

  /** See {@link ContainerOptions#FORMAT}. */
  FORMAT(
      ContainerOptions.FORMAT,
      "text",
      "`TrueCrypt`, `VeraCrypt`, or `plain`: not encrypted",
      "whichever opens"),

  /** See {@link ContainerOptions#OFFSET}. */
  OFFSET(ContainerOptions.OFFSET, "bytes", "where the container starts in its file", "0"),

  /** See {@link ContainerOptions#PARTITION}. */
  PARTITION(
      ContainerOptions.PARTITION,
      "number",
      "the partition to use, of a volume that is a disk with a partition table",
      "the only one with a file system, else all of the volume"),

  /** See {@link ContainerOptions#CACHE_SIZE}. */
  CACHE_SIZE(
      ContainerOptions.CACHE_SIZE,
      "bytes",
      "the most that the cache of decrypted sectors takes",
      "by memory"),

  /** See {@link ContainerOptions#ZONE}. */
  ZONE(
      ContainerOptions.ZONE,
      "`ZoneId` or name",
      "the zone of local times, of FAT and of zips",
      "the system's"),

  /** See {@link ContainerOptions#CODE_PAGE}. */
  CODE_PAGE(
      ContainerOptions.CODE_PAGE,
      "`Charset` or name",
      "the character set of FAT's short names and of zips' old ones; one that contains ASCII as ASCII",
      "IBM437"),

  /** See {@link ContainerOptions#PROGRESS}. */
  PROGRESS(
      ContainerOptions.PROGRESS,
      "`UnlockListener`",
      "learns how far a long opening has come: tried, total, elapsed, estimate",
      "");

  private final String key;
  private final String type;
  private final String meaning;
  private final String absent;

  ContainerOption(String key, String type, String meaning, String absent) {
    this.key = key;
    this.type = type;
    this.meaning = meaning;
    this.absent = absent;
  }

  /** Returns the option of a key, empty if there is none. */
  static Optional<ContainerOption> find(@Nullable String key) {
    return Arrays.stream(values()).filter(option -> option.key.equals(key)).findFirst();
  }

  /** Returns the single options in whose place {@link #KEYS} stands. */
  static Set<ContainerOption> ofKeys() {
    return EnumSet.range(PASSWORD, CIPHER);
  }

  /** Returns the key in the env map. */
  public String key() {
    return key;
  }

  /** Returns the type of its value. */
  public String type() {
    return type;
  }

  /** Returns what it says. */
  public String meaning() {
    return meaning;
  }

  /** Returns what holds where it is absent, possibly an empty text. */
  public String absent() {
    return absent;
  }
}
