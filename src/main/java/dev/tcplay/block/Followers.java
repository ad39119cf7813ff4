package dev.tcplay.block;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All who follow one device, in the order in which they came. Safe for any number of threads. */
final class Followers {

  private final List<Registered> all = new CopyOnWriteArrayList<>();

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
    all.add(registered);
    return registered;
  }

  /** Has all hold still until the result is closed; none does if one of them fails. */
  Closeable holdStill() throws IOException {
    return holdStill(all.iterator());
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
