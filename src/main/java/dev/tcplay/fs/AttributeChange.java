package dev.tcplay.fs;

import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of the attributes of a node; what it does not name stays as it is. A driver
 * leaves out what its file system does not record. Immutable.
 */
@SuppressWarnings("exports") // who reads the annotation brings its module
public final class AttributeChange {

  /** In place of a mode: it stays as it is. */
  private static final int SAME_MODE = -1;

  /** The change of nothing, from which the others are made. */
  public static final AttributeChange NONE = new AttributeChange(null, null, null, 0, 0, SAME_MODE);

  private final @Nullable FileTime modified;
  private final @Nullable FileTime accessed;
  private final @Nullable FileTime created;
  private final int dosMask;
  private final int dosBits;
  private final int mode;

  private AttributeChange(
      @Nullable FileTime modified,
      @Nullable FileTime accessed,
      @Nullable FileTime created,
      int dosMask,
      int dosBits,
      int mode) {
    this.modified = modified;
    this.accessed = accessed;
    this.created = created;
    this.dosMask = dosMask;
    this.dosBits = dosBits;
    this.mode = mode;
  }

  /** Returns the change that gives a node what is recorded of another one and can be changed. */
  public static AttributeChange copyOf(NodeAttributes attributes) {
    AttributeChange times =
        NONE.withTimes(
            attributes.modified().orElse(null),
            attributes.accessed().orElse(null),
            attributes.created().orElse(null));
    AttributeChange flags = attributes.dos().map(times::withDos).orElse(times);
    return attributes.posix().map(facts -> flags.withMode(facts.mode())).orElse(flags);
  }

  /** Returns this with times, of which those that are null are not changed. */
  public AttributeChange withTimes(
      @Nullable FileTime newModified,
      @Nullable FileTime newAccessed,
      @Nullable FileTime newCreated) {
    return new AttributeChange(newModified, newAccessed, newCreated, dosMask, dosBits, mode);
  }

  /** Returns this with a value for each of the four DOS attributes. */
  public AttributeChange withDos(DosFlags flags) {
    return withReadOnly(flags.isReadOnly())
        .withHidden(flags.isHidden())
        .withSystem(flags.isSystem())
        .withArchive(flags.isArchive());
  }

  /** Returns this with a value for the DOS attribute read-only. */
  public AttributeChange withReadOnly(boolean value) {
    return withDos(DosFlags.READ_ONLY, value);
  }

  /** Returns this with a value for the DOS attribute hidden. */
  public AttributeChange withHidden(boolean value) {
    return withDos(DosFlags.HIDDEN, value);
  }

  /** Returns this with a value for the DOS attribute system. */
  public AttributeChange withSystem(boolean value) {
    return withDos(DosFlags.SYSTEM, value);
  }

  /** Returns this with a value for the DOS attribute archive. */
  public AttributeChange withArchive(boolean value) {
    return withDos(DosFlags.ARCHIVE, value);
  }

  private AttributeChange withDos(int bit, boolean value) {
    int bits = value ? dosBits | bit : dosBits & ~bit;
    return new AttributeChange(modified, accessed, created, dosMask | bit, bits, mode);
  }

  /**
   * Returns this with a mode in place of the one that the node has.
   *
   * @param newMode the mode, of which the lowest twelve bits count, as {@link PosixFacts#of} takes
   *     it
   */
  public AttributeChange withMode(int newMode) {
    return new AttributeChange(
        modified, accessed, created, dosMask, dosBits, PosixFacts.of(newMode).mode());
  }

  /** Returns the new time of the last change to the contents. */
  public Optional<FileTime> modified() {
    return Optional.ofNullable(modified);
  }

  /** Returns the new time of the last access. */
  public Optional<FileTime> accessed() {
    return Optional.ofNullable(accessed);
  }

  /** Returns the new creation time. */
  public Optional<FileTime> created() {
    return Optional.ofNullable(created);
  }

  /** Returns what becomes of DOS attributes; bits that no change is about stay as they are. */
  public DosFlags applyTo(DosFlags old) {
    return new DosFlags((old.bits() & ~dosMask) | dosBits);
  }

  /** Returns the new mode, 0 to 07777; asked of volumes with {@link Feature#POSIX}. */
  public OptionalInt mode() {
    return mode == SAME_MODE ? OptionalInt.empty() : OptionalInt.of(mode);
  }

  /** Returns whether nothing is to be changed. */
  public boolean isEmpty() {
    return modified == null
        && accessed == null
        && created == null
        && dosMask == 0
        && mode == SAME_MODE;
  }
}
