package dev.tcplay.block.host;

/**
 * How a file is opened as a device: to read it or to write it, locked unless said otherwise.
 * Immutable.
 */
public final class HostOpen {

  private static final String ANYBODY = "another file system of this process";

  private final boolean readOnly;
  private final boolean lock;
  private final String owner;

  private HostOpen(boolean readOnly, boolean lock, String owner) {
    this.readOnly = readOnly;
    this.lock = lock;
    this.owner = owner;
  }

  /** Opens a file for reading, locked against those who write it. */
  public static HostOpen reading() {
    return new HostOpen(true, true, ANYBODY);
  }

  /**
   * Opens a file for writing, locked against everybody else. A file that cannot be written is
   * read-only.
   */
  public static HostOpen writing() {
    return new HostOpen(false, true, ANYBODY);
  }

  /** Returns the same without a lock: the host knows none, or the caller answers for it. */
  public HostOpen unlocked() {
    return new HostOpen(readOnly, false, owner);
  }

  /** Returns the same by an owner, who is named to the next one that wants the file. */
  public HostOpen by(String name) {
    return new HostOpen(readOnly, lock, name);
  }

  boolean readOnly() {
    return readOnly;
  }

  boolean lock() {
    return lock;
  }

  String owner() {
    return owner;
  }
}
