package dev.tcplay.crypto.kernel;

import java.util.List;

/** Passes one after the other over the same data units, in the order of encryption. */
public final class WorkerCascade implements UnitWorker {

  private final UnitWorker[] passes;

  /** Takes over workers, at least one. */
  public WorkerCascade(List<UnitWorker> passes) {
    this.passes = passes.toArray(UnitWorker[]::new);
  }

  @Override
  public void encrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    passes[0].encrypt(firstUnit, source, sourceOffset, target, targetOffset, length);
    for (int i = 1; i < passes.length; i++) {
      passes[i].encrypt(firstUnit, target, targetOffset, target, targetOffset, length);
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
    int last = passes.length - 1;
    passes[last].decrypt(firstUnit, source, sourceOffset, target, targetOffset, length);
    for (int i = last - 1; i >= 0; i--) {
      passes[i].decrypt(firstUnit, target, targetOffset, target, targetOffset, length);
    }
  }

  @Override
  public void wipe() {
    for (UnitWorker pass : passes) {
      pass.wipe();
    }
  }
}
