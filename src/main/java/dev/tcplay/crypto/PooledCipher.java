package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.UnitWorker;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cipher chain in any mode.
 *
 * <p>Kernels keep state, so each call borrows a worker of its own from a small pool; calls never
 * wait for each other, and in steady state nothing is allocated.
 */
final class PooledCipher implements DataUnitCipher {

  private final Function<byte[], UnitWorker> maker;
  private final byte[] keys;
  private final AtomicReferenceArray<@Nullable UnitWorker> idle =
      new AtomicReferenceArray<>(2 * Runtime.getRuntime().availableProcessors());
  private volatile boolean closed;

  /**
   * Makes a cipher with a copy of its keys; the caller wipes its own.
   *
   * @param keys holds the keys
   * @param offset where they begin
   * @param length how many bytes they are
   * @param maker keys a worker with that copy, from index 0 on, of which it keeps no reference
   * @throws IndexOutOfBoundsException if the keys reach beyond the array
   */
  PooledCipher(byte[] keys, int offset, int length, Function<byte[], UnitWorker> maker) {
    Objects.checkFromIndexSize(offset, length, keys.length);
    this.maker = maker;
    this.keys = Arrays.copyOfRange(keys, offset, offset + length);
    giveBack(maker.apply(this.keys));
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
    UnitWorker worker = borrow();
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
    UnitWorker worker = borrow();
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

  private UnitWorker borrow() {
    for (int i = 0; i < idle.length(); i++) {
      UnitWorker worker = idle.get(i) == null ? null : idle.getAndSet(i, null);
      if (worker != null) {
        return worker;
      }
    }
    return maker.apply(keys);
  }

  private void giveBack(UnitWorker worker) {
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
      UnitWorker worker = idle.getAndSet(i, null);
      if (worker != null) {
        worker.wipe();
      }
    }
  }
}
