package dev.tcplay.model;

import static java.util.stream.Collectors.toCollection;

import dev.tcplay.words.NearestWord;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a container is opened: the keys of the {@code env} map of {@link
 * java.nio.file.FileSystems#newFileSystem(java.nio.file.Path, Map)}, their types and their meaning.
 * {@link dev.tcplay.ContainerOpener} sets the same keys.
 *
 * <p>Flags and numbers may also be given as text, paths as text of the default file system. A value
 * of another type, a key that is not here, a value out of its range, and an empty path or text are
 * each an {@link IllegalArgumentException} that names the key and what is expected, never the value
 * of a secret. Only a password may be empty.
 *
 * <table>
 *   <caption>The options</caption>
 *   <tr><th>key</th><th>type</th><th>meaning</th><th>if absent</th></tr>
 *   <tr><td>{@link #KEYS}</td><td>{@code Keys}</td><td>password, keyfiles, PIM, hash and cipher as one object, in place of the next six</td><td>the next six</td></tr>
 *   <tr><td>{@link #PASSWORD}</td><td>{@code char[]}, {@code byte[]}, {@code CharSequence}, or a {@code Supplier} of one</td><td>the password, text in UTF-8, of which VeraCrypt takes up to 128 bytes and TrueCrypt the first 64, with a warning</td><td>empty with keyfiles, else looked up</td></tr>
 *   <tr><td>{@link #PASSWORD_FILE}</td><td>{@code Path}</td><td>its first line, without the line end, is the password's bytes</td><td></td></tr>
 *   <tr><td>{@link #KEYFILES}</td><td>{@code Path}, {@code byte[]}, {@code KeyfileSource}, or several</td><td>keyfiles, folders of keyfiles, contents of keyfiles, tokens that give such</td><td>none</td></tr>
 *   <tr><td>{@link #PIM}</td><td>number</td><td>VeraCrypt's PIM</td><td>0, the default iterations</td></tr>
 *   <tr><td>{@link #HASH}</td><td>text</td><td>the only hash to try: {@code sha512}, {@code SHA-512}; {@code SHA512-VC}, with tcplay's {@code -VC}, is VeraCrypt's only; or several to try, with commas between them</td><td>all</td></tr>
 *   <tr><td>{@link #CIPHER}</td><td>text</td><td>the only cipher chain to try: {@code AES-Twofish-Serpent}</td><td>all</td></tr>
 *   <tr><td>{@link #HIDDEN}</td><td>flag</td><td>the hidden volume only (true), the normal only (false)</td><td>normal, then hidden</td></tr>
 *   <tr><td>{@link #PROTECT_HIDDEN}</td><td>{@code Keys}</td><td>the keys of the hidden volume in the normal one, which is then kept from being overwritten</td><td>nothing is protected</td></tr>
 *   <tr><td>{@link #PROTECTION_LISTENER}</td><td>{@code ProtectionListener}</td><td>learns of the write that was refused to protect the hidden volume</td><td></td></tr>
 *   <tr><td>{@link #BACKUP_HEADER}</td><td>flag</td><td>true: the backup header at the container's end only; false: the header only</td><td>the header, then its backup</td></tr>
 *   <tr><td>{@link #HEADER_FILE}</td><td>{@code Path}</td><td>take the header from this file</td><td>the container</td></tr>
 *   <tr><td>{@link #VOLUME_KEY_FILE}</td><td>{@code Path}</td><td>open without any header by the master key in this file; needs {@code cipher}, and no password</td><td>a header is opened</td></tr>
 *   <tr><td>{@link #VOLUME_OFFSET}</td><td>bytes</td><td>with it: where the data begin in the container</td><td>131072</td></tr>
 *   <tr><td>{@link #VOLUME_SIZE}</td><td>bytes</td><td>with it: how long the data are</td><td>up to 131072 bytes before the end</td></tr>
 *   <tr><td>{@link #SYSTEM}</td><td>flag</td><td>the file is a system drive: a whole disk, or a partition with {@code systemDisk}; with {@code hidden} the hidden operating system</td><td>false</td></tr>
 *   <tr><td>{@link #SYSTEM_DISK}</td><td>{@code Path}</td><td>the disk that holds the header, where the file is one partition of it</td><td>the file itself</td></tr>
 *   <tr><td>{@link #FDE}</td><td>flag</td><td>show the whole system drive, its clear sectors as they are, not one partition</td><td>false</td></tr>
 *   <tr><td>{@link #IGNORE_HEADER_CRC}</td><td>flag</td><td>open a header whose CRC is wrong, read-only and with a warning: a last resort</td><td>false</td></tr>
 *   <tr><td>{@link #PASSWORD_ENCODING}</td><td>{@code Charset} or name</td><td>{@code ISO-8859-1} ({@code latin1}): a password beyond ASCII that opens nothing in UTF-8 is tried so, too</td><td>{@code UTF-8} only</td></tr>
 *   <tr><td>{@link #READ_ONLY}</td><td>flag</td><td>nothing may be written, others may read the container too</td><td>false</td></tr>
 *   <tr><td>{@link #LOCK}</td><td>flag</td><td>lock the container's file; false for hosts that know no locks</td><td>true</td></tr>
 *   <tr><td>{@link #KEEP_HOST_TIMES}</td><td>flag</td><td>the container's file keeps its times of last access and modification</td><td>false</td></tr>
 *   <tr><td>{@link #OVERLAY}</td><td>{@code memory} or {@code Path}</td><td>writes go there as ciphertext, the container is never touched; gone when it is closed</td><td>none</td></tr>
 *   <tr><td>{@link #SYNC_INTERVAL}</td><td>{@code Duration}, its text, or ms</td><td>how long a write may stay in memory only; 0 until forced or closed</td><td>1 s</td></tr>
 *   <tr><td>{@link #FILESYSTEM}</td><td>text</td><td>the driver: {@code fat}, {@code exfat}, {@code archive}, or {@code raw} for one file, {@code /volume.img}, that can be written</td><td>the one that recognises the volume, else {@code raw}</td></tr>
 *   <tr><td>{@link #FORMAT}</td><td>text</td><td>{@code TrueCrypt}, {@code VeraCrypt}, or {@code plain}: not encrypted</td><td>whichever opens</td></tr>
 *   <tr><td>{@link #OFFSET}</td><td>bytes</td><td>where the container starts in its file</td><td>0</td></tr>
 *   <tr><td>{@link #PARTITION}</td><td>number</td><td>the partition to use, of a volume that is a disk with a partition table</td><td>the only one with a file system, else all of the volume</td></tr>
 *   <tr><td>{@link #CACHE_SIZE}</td><td>bytes</td><td>the most that the cache of decrypted sectors takes</td><td>by memory</td></tr>
 *   <tr><td>{@link #ZONE}</td><td>{@code ZoneId} or name</td><td>the zone of local times, of FAT and of zips</td><td>the system's</td></tr>
 *   <tr><td>{@link #CODE_PAGE}</td><td>{@code Charset} or name</td><td>the character set of FAT's short names and of zips' old ones; one that contains ASCII as ASCII</td><td>IBM437</td></tr>
 *   <tr><td>{@link #PROGRESS}</td><td>{@code UnlockListener}</td><td>learns how far a long opening has come: tried, total, elapsed, estimate</td><td></td></tr>
 * </table>
 */
public final class ContainerOptions {

  /**
   * The keys as one object ({@link Keys}), in place of the options of the password, the keyfiles,
   * the PIM, the hash and the cipher.
   */
  public static final String KEYS = "keys";

  /**
   * The password: {@code char[]} or {@code CharSequence}, which count in UTF-8, {@code byte[]}, or
   * a {@link java.util.function.Supplier} of one of these. An array that a supplier gives is wiped
   * after use, so it gives a fresh one each time.
   */
  public static final String PASSWORD = "password";

  /** A file ({@code Path}) whose first line, without its line end, is the password's bytes. */
  public static final String PASSWORD_FILE = "passwordFile";

  /**
   * Keyfiles: a {@code Path} of a file or of a folder of keyfiles, a {@code byte[]} of contents, a
   * {@link KeyfileSource}, or a {@code Collection} or array of these. Without a password the
   * password is empty.
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

  /**
   * The keys ({@link Keys}) of the hidden volume that is to be protected while the normal one is
   * used; they stay the caller's, as {@link #KEYS}. Both headers are opened, also where nothing is
   * written. The container then opens only if its own keys open the normal volume and these the
   * hidden one, both headers being looked for in the same place. A write that touches the hidden
   * volume is refused whole, and so is every later one; reading goes on. What was refused is a
   * {@link java.nio.file.FileSystemException}. Excludes {@link #HIDDEN}, system drives and plain
   * images.
   */
  public static final String PROTECT_HIDDEN = "protectHidden";

  /**
   * A {@link ProtectionListener}, told once if a write is refused for {@link #PROTECT_HIDDEN},
   * without which it is of no use and refused.
   */
  public static final String PROTECTION_LISTENER = "protectionListener";

  /**
   * Whether to read the backup header at the container's end ({@code boolean}): true reads it
   * alone, false never. If absent, it is read where the header does not open or is damaged, once
   * everything has been tried on that; a warning says so, and whoever has a wrong password waits
   * twice as long. Volumes of TrueCrypt 1 to 5 and system drives have none; with {@link
   * #HEADER_FILE}, and for a hidden operating system, none is read.
   */
  public static final String BACKUP_HEADER = "backupHeader";

  /** A file ({@code Path}) that holds the header in the container's place. */
  public static final String HEADER_FILE = "headerFile";

  /**
   * A file ({@code Path}) with the bytes of the master key, as {@link
   * dev.tcplay.ContainerHeaders#exportKey} writes it, that opens the volume though no header does.
   * {@link #CIPHER} must say the chain; the mode is XTS where it has that, or the one that tcplay's
   * name ends in, as {@code AES-256-LRW}. A wrong key or place opens, too: nothing is recognised
   * then. Excludes passwords and keyfiles, and the options of headers and system drives.
   */
  public static final String VOLUME_KEY_FILE = "volumeKeyFile";

  /**
   * Where the data begin in the container ({@code long}, bytes), with {@link #VOLUME_KEY_FILE}. In
   * XTS it also numbers the data units.
   */
  public static final String VOLUME_OFFSET = "volumeOffset";

  /** How many bytes of data there are ({@code long}), with {@link #VOLUME_KEY_FILE}. */
  public static final String VOLUME_SIZE = "volumeSize";

  /**
   * Whether the file is a system drive, encrypted by its boot loader's password ({@code boolean}):
   * a whole disk, or one partition of it together with {@link #SYSTEM_DISK}. Of a disk the
   * partition that starts at the encrypted scope is opened, or the one that lies in it; {@link
   * #FDE} shows the whole. With {@link #HIDDEN} true it is the hidden operating system in one of
   * the disk's partitions.
   */
  public static final String SYSTEM = "system";

  /**
   * The disk ({@code Path}) whose sector 62 holds the header and whose table says where the
   * container, one of its partitions, begins; implies {@link #SYSTEM}.
   */
  public static final String SYSTEM_DISK = "systemDisk";

  /**
   * Whether to show a system drive as one whole, with its clear sectors as they are ({@code
   * boolean}); implies {@link #SYSTEM}.
   */
  public static final String FDE = "fde";

  /**
   * Whether a header opens though its CRC is wrong ({@code boolean}), if its signature is right and
   * its fields are lawful. The container is then read-only, and a warning says which CRC was wrong
   * and what that means. A last resort, behind {@link #BACKUP_HEADER}.
   */
  public static final String IGNORE_HEADER_CRC = "ignoreHeaderCrc";

  /**
   * The encoding of a password beyond ASCII: a {@code Charset} or its name, {@code UTF-8} or {@code
   * ISO-8859-1}. With the second the password, which is given in UTF-8 by whatever way, is tried so
   * first, and then, if no header opens, in ISO-8859-1, if that has all of its characters. A
   * warning says when a container opened by the second try; {@link #PROGRESS} begins again with it.
   * A new container's password is always UTF-8: nothing that is made today takes another one.
   */
  public static final String PASSWORD_ENCODING = "passwordEncoding";

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
   * for hosts that know no locks, and for callers that make sure themselves that nobody else
   * writes.
   */
  public static final String LOCK = "lock";

  /**
   * Whether the file of the container keeps its times of last access and modification ({@code
   * boolean}), so that they do not tell when it was used, as VeraCrypt does: it gets them back when
   * it is closed. It does not if another program has changed it meanwhile, if somebody in this
   * process has it open, too, without this option, or if the host refuses, as where the file is
   * somebody else's. The time of the last change of its attributes, which Linux has besides, cannot
   * be kept. A block device keeps none; of {@link #SYSTEM_DISK} and {@link #HEADER_FILE} none are.
   */
  public static final String KEEP_HOST_TIMES = "keepHostTimes";

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
   * The file-system driver by name, such as {@code fat}, {@code exfat} or {@code raw}, in place of
   * the one that recognises the volume; {@code raw} shows any volume as one file, {@code
   * /volume.img}, which can be written, but only when {@code raw} is asked for by name.
   */
  public static final String FILESYSTEM = "filesystem";

  /**
   * The container's format: {@code TrueCrypt}, {@code VeraCrypt}, or {@code plain} for a disk image
   * that is not encrypted. Absent means whichever opens.
   */
  public static final String FORMAT = "format";

  /** Where the container starts in its file ({@code long}, bytes); data units count from there. */
  public static final String OFFSET = "offset";

  /**
   * The partition to use ({@code int}, 1 or more), where the volume is a disk with a partition
   * table: in an MBR 1 to 4, logical ones from 5; in a GPT the index of the entry plus 1. It takes
   * the place of the volume for all that is done. Absent means the whole volume; when that is to be
   * mounted or checked and no driver but {@code raw} recognises it, it means the only partition
   * that one recognises. Of several none is taken ({@link SeveralPartitionsException}).
   */
  public static final String PARTITION = "partition";

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
   * An {@link UnlockListener} that learns how far the opening has come. It is called on the thread
   * that opens the container.
   */
  public static final String PROGRESS = "progress";

  static final String PLAIN = "plain";

  private ContainerOptions() {}

  /**
   * Returns whether a map may be meant for us: it holds a key of ours, or each of its keys is so
   * near to one that a message can name that. A map with any other key and none of ours is another
   * provider's.
   */
  public static boolean concerns(Map<String, ?> env) {
    Collection<String> known = keys();
    return env.keySet().stream().anyMatch(key -> ContainerOption.find(key).isPresent())
        || (!env.isEmpty() && env.keySet().stream().allMatch(key -> isNear(key, known)));
  }

  private static boolean isNear(@Nullable String key, Collection<String> known) {
    return key != null && NearestWord.find(key, known).isPresent();
  }

  /** Returns all keys, in order. */
  private static Collection<String> keys() {
    return Arrays.stream(ContainerOption.values())
        .map(ContainerOption::key)
        .collect(toCollection(TreeSet::new));
  }

  /** Returns whether a map asks for {@code format=plain}, whatever else is in it. */
  public static boolean asksForPlain(Map<String, ?> env) {
    return env.get(FORMAT) instanceof CharSequence format
        && PLAIN.contentEquals(format.toString().toLowerCase(Locale.ROOT));
  }

  /**
   * Reads a map. The caller closes the result.
   *
   * @throws IllegalArgumentException if a key is unknown or a value does not fit
   */
  public static ParsedOptions parse(Map<String, ?> env) {
    for (String key : env.keySet()) {
      if (ContainerOption.find(key).isEmpty()) {
        Collection<String> known = keys();
        throw new IllegalArgumentException(
            "unknown option "
                + key
                + NearestWord.hint(String.valueOf(key), known)
                + "; known are "
                + String.join(", ", known));
      }
    }
    return new ParsedOptions(env);
  }
}
