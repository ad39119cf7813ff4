package dev.tcplay.serve;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets no more than so many passwords be guessed a minute from one address, so that strangers
 * elsewhere keep nobody out. Of IPv6, an address is the network of 64 bits that one user has. Safe
 * for several threads.
 */
public final class GuessLimit {

  /** How many wrong passwords are looked at in a minute. */
  public static final int GUESSES = 20;

  private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int NETWORK_BYTES = 8;

  /** Of so many addresses it is known what they did last; who has more can guess more, too. */
  private static final int MOST_ADDRESSES = 1_000;

  /** A minute in which one address guesses. */
  private static final class Minute {
    final long start;
    int guesses;

    Minute(long start) {
      this.start = start;
    }
  }

  private final LongSupplier nanoTime;
  private final Map<String, Minute> byAddress = new LinkedHashMap<>();

  /** Begins with nobody. */
  public GuessLimit() {
    this(System::nanoTime);
  }

  GuessLimit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Counts a guess before it is looked at.
   *
   * @return false if it must not be looked at
   */
  public synchronized boolean mayGuess(InetAddress from) {
    Minute minute = minute(from);
    if (minute.guesses >= GUESSES) {
      return false;
    }
    minute.guesses++;
    return true;
  }

  /** Takes back what was counted: the password was right. */
  public synchronized void wasRight(InetAddress from) {
    Minute minute = minute(from);
    minute.guesses = Math.max(0, minute.guesses - 1);
  }

  private Minute minute(InetAddress from) {
    String key = key(from);
    long now = nanoTime.getAsLong();
    @Nullable Minute last = byAddress.get(key);
    if (last != null && now - last.start < PERIOD_NANOS) {
      return last;
    }
    byAddress.remove(key);
    if (byAddress.size() >= MOST_ADDRESSES) {
      Iterator<Minute> oldest = byAddress.values().iterator();
      oldest.next();
      oldest.remove();
    }
    Minute fresh = new Minute(now);
    byAddress.put(key, fresh);
    return fresh;
  }

  private static String key(InetAddress from) {
    byte[] address = from.getAddress();
    return Arrays.toString(
        from instanceof Inet6Address ? Arrays.copyOf(address, NETWORK_BYTES) : address);
  }
}
