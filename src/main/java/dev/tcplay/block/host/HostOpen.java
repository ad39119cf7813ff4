package dev.tcplay.block.host;

/**
 * How a file is opened as a device: to read it or to write it, locked unless said otherwise.
 * Immutable.
 */
public final class HostOpen {

  private static final String ANYBODY = "another file system of this process";

  private final boolean readOnly;
  private final boolean lock;
  private final boolean keepTimes;
  private final String owner;

  private HostOpen(boolean readOnly, boolean lock, boolean keepTimes, String owner) {
    this.readOnly = readOnly;
    this.lock = lock;
    this.keepTimes = keepTimes;
    this.owner = owner;
  }

  /** Opens a file for reading, locked against those who write it. */
  public static HostOpen reading() {
    return new HostOpen(true, true, false, ANYBODY);
  }

  /**
   * Opens a file for writing, locked against everybody else. A file that cannot be written is
   * read-only.
   */
  public static HostOpen writing() {
    return new HostOpen(false, true, false, ANYBODY);
  }

  /** Returns the same without a lock: the host knows none, or the caller answers for it. */
  public HostOpen unlocked() {
    return new HostOpen(readOnly, false, keepTimes, owner);
  }

  /**
   * Returns the same with the times of last access and modification kept: a file gets those back
   * that it had before, once nobody in this process has it open any more. It does not if one of
   * those who had it open meanwhile did not ask for that, if another program has changed it, or if
   * its host refuses. Devices keep none.
   */
  public HostOpen keepingTimes() {
    return new HostOpen(readOnly, lock, true, owner);
  }

  /** Returns the same by an owner, who is named to the next one that wants the file. */
  public HostOpen by(String name) {
    return new HostOpen(readOnly, lock, keepTimes, name);
  }

  boolean readOnly() {
    return readOnly;
  }

  boolean lock() {
    return lock;
  }

  boolean keepTimes() {
    return keepTimes;
  }

  String owner() {
    return owner;
  }
}
