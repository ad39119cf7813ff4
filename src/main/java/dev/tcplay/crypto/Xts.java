package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.XtsWorker;
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

  private final CipherChain chain;
  private final byte[] keys;
  private final AtomicReferenceArray<@Nullable XtsWorker> idle =
      new AtomicReferenceArray<>(2 * Runtime.getRuntime().availableProcessors());
  private volatile boolean closed;

  private Xts(CipherChain chain, byte[] keys) {
    this.chain = chain;
    this.keys = keys;
    giveBack(new XtsWorker(chain.keyOrder(), keys));
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
    for (int i = 0; i < idle.length(); i++) {
      XtsWorker worker = idle.get(i) == null ? null : idle.getAndSet(i, null);
      if (worker != null) {
        return worker;
      }
    }
    return new XtsWorker(chain.keyOrder(), keys);
  }

  private void giveBack(XtsWorker worker) {
    for (int i = 0; i < idle.length(); i++) {
      if (idle.get(i) == null && idle.compareAndSet(i, null, worker)) {
        return;
      }
    }
    worker.wipe();
  }

  @Override
  public void close() {
    closed = true;
    Arrays.fill(keys, (byte) 0);
    for (int i = 0; i < idle.length(); i++) {
      XtsWorker worker = idle.getAndSet(i, null);
      if (worker != null) {
        worker.wipe();
      }
    }
  }
}
