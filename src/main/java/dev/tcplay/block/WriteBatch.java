package dev.tcplay.block;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes that must reach the host in an order: groups, with a barrier between one and the next.
 *
 * <p>A file-system driver collects what an operation changes and hands it over by {@link
 * BlockDevice#submit}. After a crash at any moment, some groups are on the host whole, at most one
 * in part, and none of those behind it. Batches that are pending together share their groups: what
 * a later batch writes in an early group may reach the host before what an earlier batch writes in
 * a late one, unless both want the same page or the later batch was told to come {@link
 * #afterEarlierBatches}.
 *
 * <p>A batch belongs to one thread, holds copies of what is written, and is handed over once.
 */
public final class WriteBatch {

  /**
   * The groups in the order in which they reach the host; what each is for is for the driver to
   * say. Plain writes count as of the first.
   */
  public enum Group {
    /** Reaches the host before all others. */
    FIRST(0),
    /** Reaches the host behind the first. */
    SECOND(1),
    /** Reaches the host behind the second. */
    THIRD(2),
    /** Reaches the host behind the third. */
    FOURTH(3),
    /** Reaches the host behind the fourth. */
    FIFTH(4),
    /** Reaches the host last. */
    SIXTH(5);

    /** How many groups there are. */
    public static final int COUNT = values().length;

    private final int rank;

    Group(int rank) {
      this.rank = rank;
    }

    /** Returns how many groups come before this one. */
    public int rank() {
      return rank;
    }
  }

  /**
   * Some bytes for a place, for a device that takes a batch.
   *
   * @param position where they go, in bytes
   * @param bytes the batch's own, not to be changed, and wiped with it
   * @param mayComeEarlier whether an earlier group will do
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares writes.
  public record Write(long position, byte[] bytes, boolean mayComeEarlier) {}

  private final Map<Group, List<Write>> groups = new EnumMap<>(Group.class);
  private final List<Runnable> whenCommitted = new ArrayList<>();
  private boolean afterEarlierBatches;
  private boolean spent;

  /** Makes an empty batch. */
  public WriteBatch() {}

  /**
   * Adds a copy of {@code source[offset, offset + length)}, to be written at {@code position}. Of
   * two writes to one place in the same group, the one added later counts.
   *
   * @throws IndexOutOfBoundsException if the range does not lie inside {@code source}
   * @throws IllegalStateException if the batch was handed over
   */
  public WriteBatch write(Group group, long position, byte[] source, int offset, int length) {
    return add(group, position, source, offset, length, false);
  }

  /**
   * Adds a copy of {@code source[offset, offset + length)}, as {@link #write}, that depends on
   * nothing else: it reaches the host with the group at the latest, and may join an earlier group
   * in which its page waits already, so that no commit is needed. In a batch that comes {@link
   * #afterEarlierBatches} it joins none.
   *
   * @throws IndexOutOfBoundsException if the range does not lie inside {@code source}
   * @throws IllegalStateException if the batch was handed over
   */
  public WriteBatch writeBy(Group latest, long position, byte[] source, int offset, int length) {
    return add(latest, position, source, offset, length, true);
  }

  private WriteBatch add(
      Group group, long position, byte[] source, int offset, int length, boolean mayComeEarlier) {
    checkOpen();
    Objects.checkFromIndexSize(offset, length, source.length);
    add(group, position, Arrays.copyOfRange(source, offset, offset + length), mayComeEarlier);
    return this;
  }

  /** Adds bytes that are the batch's from now on. */
  void add(Group group, long position, byte[] bytes, boolean mayComeEarlier) {
    groups
        .computeIfAbsent(group, absent -> new ArrayList<>())
        .add(new Write(position, bytes, mayComeEarlier));
  }

  /**
   * Makes every group of this batch reach the host after all groups of all batches before it.
   *
   * @throws IllegalStateException if the batch was handed over
   */
  public WriteBatch afterEarlierBatches() {
    checkOpen();
    afterEarlierBatches = true;
    return this;
  }

  /**
   * Has something done once all groups are on the host's storage: in whatever thread commits the
   * last of them, which may be the one that hands the batch over. It must be short, must not use
   * the device, and must not wait for a lock that somebody may hold who hands over or flushes.
   * Never done if the batch is refused or its groups never reach the host.
   *
   * @throws IllegalStateException if the batch was handed over
   */
  public WriteBatch whenCommitted(Runnable action) {
    checkOpen();
    whenCommitted.add(action);
    return this;
  }

  /** Returns whether nothing is to be written. */
  public boolean isEmpty() {
    return groups.isEmpty();
  }

  /**
   * Returns a batch with the same writes at other places, to be handed over instead of this one,
   * which is spent.
   *
   * @param distance what is added to every position, in bytes
   * @throws IllegalStateException if the batch was handed over
   */
  public WriteBatch shifted(long distance) {
    WriteBatch shifted = successor();
    groups.forEach(
        (group, writes) -> {
          for (Write write : writes) {
            shifted.add(group, write.position() + distance, write.bytes(), write.mayComeEarlier());
          }
        });
    return shifted;
  }

  /** Returns an empty batch with the order and the actions of this one, which is spent. */
  WriteBatch successor() {
    spend();
    WriteBatch successor = new WriteBatch();
    successor.whenCommitted.addAll(whenCommitted);
    successor.afterEarlierBatches = afterEarlierBatches;
    return successor;
  }

  /**
   * Marks the batch as handed over: called by the device that takes it, before anything else.
   *
   * @throws IllegalStateException if it was handed over before
   */
  public void spend() {
    checkOpen();
    spent = true;
  }

  /** Returns the groups that write something, in order; not to be changed. */
  public Map<Group, List<Write>> groups() {
    return Collections.unmodifiableMap(groups);
  }

  /** Returns what the device that takes the batch runs once all groups are on the host. */
  public List<Runnable> commitActions() {
    return whenCommitted;
  }

  /** Returns whether every group comes after all groups of all batches before it. */
  public boolean isAfterEarlierBatches() {
    return afterEarlierBatches;
  }

  /** Writes bytes, as {@link BlockDevice#write} does. */
  @FunctionalInterface
  interface Writing {
    void write(long position, byte[] source, int offset, int length) throws IOException;
  }

  /** Flushes, as {@link BlockDevice#flush} does. */
  @FunctionalInterface
  interface Flushing {
    void flush() throws IOException;
  }

  /** Writes group after group, with a flush behind each, and wipes the copies. */
  void writeThrough(Writing writing, Flushing flushing) throws IOException {
    spend();
    try {
      for (List<Write> group : groups.values()) {
        for (Write write : group) {
          writing.write(write.position(), write.bytes(), 0, write.bytes().length);
        }
        flushing.flush();
      }
    } finally {
      wipe();
    }
    whenCommitted.forEach(Runnable::run);
  }

  /** Forgets and wipes what was to be written: called by the device that took the batch. */
  public void wipe() {
    groups
        .values()
        .forEach(writes -> writes.forEach(write -> Arrays.fill(write.bytes(), (byte) 0)));
    groups.clear();
  }

  private void checkOpen() {
    if (spent) {
      throw new IllegalStateException("the batch was handed over");
    }
  }
}
