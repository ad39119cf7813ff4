package dev.tcplay.volume;

import static java.util.stream.Collectors.toCollection;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.KeySettings;
import dev.tcplay.model.Keys;
import dev.tcplay.model.UnlockListener;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to open a volume with: keys, and which header to read. Closing it wipes what was copied for
 * it; nothing of that is in {@link #toString}. Serves any number of volumes, one thread at a time.
 */
public final class UnlockRequest implements AutoCloseable {

  private final Keys keys;
  private final Secrets secrets;
  private final Hints hints;

  /** The formats that take the whole password. */
  private final Set<VolumeFormat> fitting;

  private final @Nullable VolumeKind kind;
  private final @Nullable Boolean backupHeader;
  private final @Nullable Path headerFile;
  private final @Nullable BlockDevice headerDevice;
  private final UnlockListener progressListener;
  private final boolean ignoreHeaderCrc;
  private final boolean isLatin1;
  private final boolean wantsLatin1;

  /** The same with the password in ISO-8859-1, null unless it is asked for and possible. */
  private final @Nullable UnlockRequest latin1;

  /** What opens the hidden volume in the one that this opens, null if none is to be protected. */
  private final @Nullable UnlockRequest protecting;

  private UnlockRequest(
      Builder builder,
      Keys keys,
      Secrets secrets,
      boolean isLatin1,
      @Nullable UnlockRequest protecting) {
    Arguments.demand(
        builder.headerFile == null || builder.headerDevice == null,
        "headerFile: expected a path or a device, not both");
    Arguments.demand(
        !builder.readsBackupOnly() || (builder.headerFile == null && builder.headerDevice == null),
        "backupHeader: expected false when headerFile is given");
    this.keys = keys;
    this.secrets = secrets;
    hints = Hints.of(keys, builder.format, builder.system);
    fitting =
        Arrays.stream(VolumeFormat.values())
            .filter(secrets::fit)
            .collect(toCollection(() -> EnumSet.noneOf(VolumeFormat.class)));
    if (builder.system) {
      Arguments.demand(
          !builder.readsBackupOnly(),
          "backupHeader: expected false for a system drive, which has no backup on the disk");
      secrets.checkFitSystem();
    } else if (!hints.fit(VolumeFormat.TRUECRYPT)) {
      secrets.checkFit(VolumeFormat.VERACRYPT);
    }
    kind = builder.kind;
    backupHeader = builder.backupHeader;
    headerFile = builder.headerFile;
    headerDevice = builder.headerDevice;
    progressListener = builder.progressListener;
    ignoreHeaderCrc = builder.ignoreHeaderCrc;
    wantsLatin1 = builder.passwordEncoding.equals(StandardCharsets.ISO_8859_1);
    this.isLatin1 = isLatin1;
    this.protecting = protecting;
    // Last, so that no failure leaves a copy of the password behind.
    Optional<Secrets> second = wantsLatin1 && !isLatin1 ? secrets.inLatin1() : Optional.empty();
    latin1 = second.map(other -> new UnlockRequest(builder, keys, other, true, null)).orElse(null);
  }

  /** Returns a builder with neither secrets nor hints. */
  public static Builder builder() {
    return new Builder();
  }

  Secrets secrets() {
    return secrets;
  }

  /** Returns what is known of the volume. */
  Hints hints() {
    return hints;
  }

  @Nullable VolumeKind kind() {
    return kind;
  }

  /** Returns whether the backup headers of the host are read instead of its headers. */
  boolean readsBackupOnly() {
    return Boolean.TRUE.equals(backupHeader);
  }

  /** Returns whether the backup headers of the host are read where its headers do not open. */
  boolean readsBackupToo() {
    return backupHeader == null && headerFile == null && headerDevice == null;
  }

  @Nullable Path headerFile() {
    return headerFile;
  }

  @Nullable BlockDevice headerDevice() {
    return headerDevice;
  }

  UnlockListener progressListener() {
    return progressListener;
  }

  /** Returns whether a format takes the whole password; also when the request is closed. */
  boolean takesPassword(VolumeFormat format) {
    return fitting.contains(format);
  }

  /**
   * Returns whether there is anything of a family to try. TrueCrypt's volumes are also made by
   * tcplay, which takes the first bytes of any password.
   */
  boolean wants(HeaderFamily family) {
    VolumeFormat format = family.format();
    return hints.fit(family) && (format == VolumeFormat.TRUECRYPT || takesPassword(format));
  }

  /** Returns whether a header with a wrong CRC opens, read-only. */
  boolean ignoreHeaderCrc() {
    return ignoreHeaderCrc;
  }

  /** Returns the same with the password in ISO-8859-1; null if there is nothing more to try. */
  @Nullable UnlockRequest inLatin1() {
    return latin1;
  }

  /** Returns what opens the hidden volume that is to be protected; null if none is. */
  @Nullable UnlockRequest protecting() {
    return protecting;
  }

  /** Returns whether the password is in ISO-8859-1, and others than in UTF-8. */
  boolean isLatin1() {
    return isLatin1;
  }

  /** Returns whether the password was to be tried in ISO-8859-1, which lacks some characters. */
  boolean cannotBeLatin1() {
    return wantsLatin1 && latin1 == null && !isLatin1 && secrets.areBeyondAscii();
  }

  /** Returns the key derivations of a family to try; none when the request rules it out. */
  List<HeaderKdf> kdfs(HeaderFamily family) {
    return wants(family) ? hints.kdfs(family) : List.of();
  }

  /** Wipes what was copied or read for this request; keys that were given whole stay. */
  @Override
  public void close() {
    if (latin1 != null) {
      latin1.secrets.close();
    }
    secrets.close();
    keys.close();
    if (protecting != null) {
      protecting.close();
    }
  }

  @Override
  public String toString() {
    return "UnlockRequest[pim and secrets hidden]";
  }

  /**
   * Collects a request. Setters only collect; {@link #build} checks everything.
   *
   * <p>Of a password of more than 64 bytes TrueCrypt is tried with the first 64, as tcplay makes
   * such volumes; VeraCrypt is not tried with more than 128. With a PIM, or hashes that end in
   * tcplay's {@code -VC}, TrueCrypt is not tried. Hash and cipher rule out all volumes that never
   * have them: SHA-1 and Blowfish leave those of TrueCrypt 1 to 4. Of a keyfile the first MiB
   * counts.
   */
  public static final class Builder extends KeySettings<Builder> {

    private @Nullable String format;
    private @Nullable VolumeKind kind;
    private boolean system;
    private @Nullable Boolean backupHeader;
    private @Nullable Path headerFile;
    private @Nullable BlockDevice headerDevice;
    private UnlockListener progressListener = progress -> {};
    private boolean ignoreHeaderCrc;
    private Charset passwordEncoding = StandardCharsets.UTF_8;
    private @Nullable Keys hiddenKeys;

    private Builder() {}

    /** Names the format, {@code TrueCrypt} or {@code VeraCrypt}. Null: try both. */
    public Builder format(@Nullable String name) {
      format = name;
      return this;
    }

    /** Sets which volume is wanted: hidden, normal, or (null) the normal one, then the hidden. */
    public Builder hidden(@Nullable Boolean value) {
      kind = value == null ? null : value ? VolumeKind.HIDDEN : VolumeKind.NORMAL;
      return this;
    }

    /** Sets whether the host is a system drive, a whole disk with its header in sector 62. */
    public Builder system(boolean value) {
      system = value;
      return this;
    }

    /**
     * Sets whether to read the backup headers at the end of the host instead of those in front;
     * null: those in front, then, if none opens or the one that opens is damaged, the backups.
     */
    public Builder backupHeader(@Nullable Boolean value) {
      backupHeader = value;
      return this;
    }

    private boolean readsBackupOnly() {
      return Boolean.TRUE.equals(backupHeader);
    }

    /**
     * Reads headers from a file instead of the host: VeraCrypt's backup of 131072 bytes (a longer
     * file may begin with one), the 1024 bytes of TrueCrypt 1 to 5, or a bare header of 512 bytes.
     */
    public Builder headerFile(@Nullable Path file) {
      headerFile = file;
      return this;
    }

    /** Reads headers from a device, as from a file; the caller keeps and closes it. */
    public Builder headerFile(BlockDevice device) {
      headerDevice = device;
      return this;
    }

    /** Sets who learns how far the opening has come. */
    public Builder progress(UnlockListener listener) {
      progressListener = listener;
      return this;
    }

    /**
     * Sets whether a header with a wrong CRC opens, read-only and with a warning, if its signature
     * is right and its fields are lawful: a last resort.
     */
    public Builder ignoreHeaderCrc(boolean value) {
      ignoreHeaderCrc = value;
      return this;
    }

    /**
     * Sets whether a password beyond ASCII that opens nothing in UTF-8 is tried in ISO-8859-1, too.
     *
     * @param encoding UTF-8, the default, or ISO-8859-1
     */
    public Builder passwordEncoding(Charset encoding) {
      passwordEncoding = encoding;
      return this;
    }

    /**
     * Sets the keys of the hidden volume in the one that is opened, for {@link
     * dev.tcplay.model.VolumeInfo#protectedRange}. Its header is looked for where the other one is,
     * each of both in its backup, too, and opens only if it is whole.
     */
    public Builder protectHidden(@Nullable Keys keys) {
      hiddenKeys = keys;
      return this;
    }

    private UnlockRequest withHidden(Keys keys, Secrets secrets) throws IOException {
      UnlockRequest hidden = hiddenRequest();
      try {
        return new UnlockRequest(this, keys, secrets, false, hidden);
      } catch (IllegalArgumentException e) {
        if (hidden != null) {
          hidden.close();
        }
        throw e;
      }
    }

    private @Nullable UnlockRequest hiddenRequest() throws IOException {
      if (hiddenKeys == null) {
        return null;
      }
      Builder hidden = new Builder().keys(hiddenKeys).format(format).hidden(true);
      hidden.backupHeader = backupHeader;
      hidden.headerFile = headerFile;
      hidden.headerDevice = headerDevice;
      hidden.progressListener = progressListener;
      hidden.passwordEncoding = passwordEncoding;
      return hidden.build();
    }

    /**
     * Returns the request, which the caller closes.
     *
     * @throws IllegalArgumentException naming what is wrong and what is expected; copies of secrets
     *     are then wiped
     * @throws IOException if the file of the password cannot be read
     */
    public UnlockRequest build() throws IOException {
      Keys keys = readKeys();
      try {
        Secrets secrets = Secrets.of(keys);
        try {
          return withHidden(keys, secrets);
        } catch (IOException | IllegalArgumentException e) {
          secrets.close();
          throw e;
        }
      } catch (IOException | IllegalArgumentException e) {
        keys.close();
        throw e;
      }
    }
  }
}
