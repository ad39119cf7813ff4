package dev.tcplay.block;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/** All who follow one device, in the order in which they came. Safe for any number of threads. */
final class Followers {

  private final List<Registered> all = new CopyOnWriteArrayList<>();

  /** Held while all hold still: a follower that came then would miss the new size. */
  private final ReentrantLock joining = new ReentrantLock();

  /** One registration; equal to no other, also of the same follower. */
  private final class Registered implements Registration {

    private final Follower follower;

    private Registered(Follower follower) {
      this.follower = follower;
    }

    @Override
    public void close() {
      all.remove(this);
    }
  }

  Registration add(Follower follower) {
    Registered registered = new Registered(follower);
    joining.lock();
    try {
      all.add(registered);
    } finally {
      joining.unlock();
    }
    return registered;
  }

  /** Has all hold still until the result is closed; none does if one of them fails. */
  Closeable holdStill() throws IOException {
    joining.lock();
    try {
      Closeable held = holdStill(all.iterator());
      return () -> {
        try (held) {
          // Closed before anybody else comes.
        } finally {
          joining.unlock();
        }
      };
    } catch (IOException | RuntimeException | Error e) {
      joining.unlock();
      throw e;
    }
  }

  private static Closeable holdStill(Iterator<Registered> rest) throws IOException {
    if (!rest.hasNext()) {
      return () -> {};
    }
    Closeable first = rest.next().follower.holdStill();
    try {
      Closeable others = holdStill(rest);
      return () -> {
        try (first;
            others) {
          // Closed in turn, whichever of them fails.
        }
      };
    } catch (IOException | RuntimeException | Error e) {
      try (first) {
        throw e;
      }
    }
  }
}
