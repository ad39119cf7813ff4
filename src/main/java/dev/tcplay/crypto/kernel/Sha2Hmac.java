package dev.tcplay.crypto.kernel;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * HMAC over SHA-2 by whichever is faster at the time: code of our own, or the platform's digests,
 * whose instructions win as soon as the optimising compiler has been through all that leads to
 * them. In a fresh process that takes longer than a whole derivation.
 *
 * <p>Both run, which warms them up and shows how fast they are; whichever was faster the last time
 * gets most of the work. Once the platform has led for long it does all, in this and every later
 * derivation of the process.
 *
 * <p>What was searched: the share that the slower way has at first, a 16th before, now a 32nd,
 * which costs the first derivation less. To check a new JDK: {@code Pbkdf2Benchmark -p
 * prf=SHA512,SHA256}, kernel auto to portable: 1.6 to 2.1 and 3.3 to 4.6 to 1; and the first
 * derivation of a fresh process by {@code time}.
 */
final class Sha2Hmac implements HmacKernel {

  /**
   * One round in so many is left to the slower one: few at first, since most processes end soon.
   */
  private static final int FIRST_SHARE = 32;

  /** The same for processes that derive a lot: they pay more now, to be fast later. */
  private static final int LATER_SHARE = 3;

  /** So many rounds of a process are its beginning: four blocks at the usual count. */
  private static final int FIRST_ROUNDS = 2_000_000;

  /** How often in a row the platform must lead before it is alone. */
  static final int PROOFS = 64;

  /** How often in a row the platform has led, whichever derivations of the process they were. */
  private static final Map<Prf, AtomicInteger> LEADS =
      Map.of(Prf.SHA512, new AtomicInteger(), Prf.SHA256, new AtomicInteger());

  /** Rounds of all derivations of the process, about: a sum that is lost does no harm. */
  private static int roundsSoFar;

  private final HmacKernel platform;
  private final HmacIteration words;
  private final AtomicInteger leads;

  /** In nanoseconds. */
  private final LongSupplier clock;

  Sha2Hmac(Prf prf, byte[] password) {
    this(
        new DigestHmac(prf, password),
        prf == Prf.SHA512 ? new WordSha512(password) : new WordSha256(password),
        Objects.requireNonNull(LEADS.get(prf)),
        System::nanoTime);
  }

  Sha2Hmac(HmacKernel platform, HmacIteration words, AtomicInteger leads, LongSupplier clock) {
    this.platform = platform;
    this.words = words;
    this.leads = leads;
    this.clock = clock;
  }

  @Override
  public void mac(byte[] message, byte[] target) {
    platform.mac(message, target);
  }

  @Override
  public void iterate(byte[] u, byte[] sum, int rounds) {
    int before = leads.get();
    if (before >= PROOFS) {
      platform.iterate(u, sum, rounds);
      return;
    }
    int share = rounds / (roundsSoFar < FIRST_ROUNDS ? FIRST_SHARE : LATER_SHARE);
    roundsSoFar = Math.min(FIRST_ROUNDS, roundsSoFar + rounds);
    int ours = before > 0 ? share : rounds - share;
    long start = clock.getAsLong();
    words.iterate(u, sum, ours);
    long middle = clock.getAsLong();
    platform.iterate(u, sum, rounds - ours);
    long end = clock.getAsLong();
    if (share > 0) { // else only one of them ran
      boolean faster = (end - middle) * ours < (middle - start) * (rounds - ours);
      leads.updateAndGet(count -> count >= PROOFS ? count : faster ? count + 1 : 0);
    }
  }

  @Override
  public void wipe() {
    platform.wipe();
    words.wipe();
  }
}
