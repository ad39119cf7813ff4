package dev.tcplay.crypto;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A cipher chain in XTS mode (IEEE 1619) over data units of 512 bytes. In a cascade each cipher is
 * a complete XTS pass with a tweak key of its own and the same unit number.
 *
 * <p>Kernels keep state, so each call borrows a worker of its own from a small pool; calls never
 * wait for each other, and in steady state nothing is allocated.
 */
public final class Xts implements DataUnitCipher {

  /** Several times what runs at once, so that few threads look in the same place first. */
  private static final int PLACES = 8 * Runtime.getRuntime().availableProcessors();

  private final CipherChain chain;
  private final byte[] keys;
  private final AtomicReferenceArray<@Nullable XtsWorker> idle = new AtomicReferenceArray<>(PLACES);
  private volatile boolean closed;

  private Xts(CipherChain chain, byte[] keys) {
    this.chain = chain;
    this.keys = keys;
    giveBack(new XtsWorker(chain, keys));
  }

  /**
   * Returns a keyed cipher; the caller keeps its array and wipes it.
   *
   * @param chain the ciphers
   * @param keys holds twice {@link CipherChain#keyBytes} bytes: first the primary keys of all
   *     ciphers in key order, then the tweak keys of all ciphers in key order
   * @param offset where the keys begin
   * @throws IndexOutOfBoundsException if {@code keys} is too short
   */
  public static DataUnitCipher create(CipherChain chain, byte[] keys, int offset) {
    int length = 2 * chain.keyBytes();
    Objects.checkFromIndexSize(offset, length, keys.length);
    return new Xts(chain, Arrays.copyOfRange(keys, offset, offset + length));
  }

  @Override
  public void encrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    check(source, sourceOffset, target, targetOffset, length);
    XtsWorker worker = borrow();
    try {
      worker.encrypt(firstUnit, source, sourceOffset, target, targetOffset, length);
    } finally {
      giveBack(worker);
    }
  }

  @Override
  public void decrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    check(source, sourceOffset, target, targetOffset, length);
    XtsWorker worker = borrow();
    try {
      worker.decrypt(firstUnit, source, sourceOffset, target, targetOffset, length);
    } finally {
      giveBack(worker);
    }
  }

  private void check(byte[] source, int sourceOffset, byte[] target, int targetOffset, int length) {
    if (closed) {
      throw new IllegalStateException("cipher is closed");
    }
    if (length % DATA_UNIT != 0) {
      throw new IllegalArgumentException(
          "length %d is not a multiple of %d".formatted(length, DATA_UNIT));
    }
    Objects.checkFromIndexSize(sourceOffset, length, source.length);
    Objects.checkFromIndexSize(targetOffset, length, target.length);
  }

  private XtsWorker borrow() {
    int home = home();
    for (int i = 0; i < PLACES; i++) {
      int place = (home + i) % PLACES;
      XtsWorker worker = idle.get(place) == null ? null : idle.getAndSet(place, null);
      if (worker != null) {
        return worker;
      }
    }
    return new XtsWorker(chain, keys);
  }

  private void giveBack(XtsWorker worker) {
    int home = home();
    for (int i = 0; i < PLACES; i++) {
      int place = (home + i) % PLACES;
      if (idle.get(place) == null && idle.compareAndSet(place, null, worker)) {
        return;
      }
    }
    worker.wipe();
  }

  /**
   * Where the calling thread looks first, so that it mostly gets the worker it had: what that works
   * on is in the caches of this thread's processor.
   */
  private static int home() {
    return (int) (Thread.currentThread().getId() % PLACES);
  }

  @Override
  public void close() {
    closed = true;
    Arrays.fill(keys, (byte) 0);
    for (int i = 0; i < PLACES; i++) {
      XtsWorker worker = idle.getAndSet(i, null);
      if (worker != null) {
        worker.wipe();
      }
    }
  }
}
