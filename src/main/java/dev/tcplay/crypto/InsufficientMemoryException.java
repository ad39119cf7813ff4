package dev.tcplay.crypto;

/** The heap cannot hold what Argon2id needs; nothing is wrong with the password or the volume. */
public final class InsufficientMemoryException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int neededMiB;

  InsufficientMemoryException(int neededMiB, long freeMiB) {
    super("Argon2id needs %d MiB of heap, %d MiB are free".formatted(neededMiB, freeMiB));
    this.neededMiB = neededMiB;
  }

  /** Returns the heap that must be free, in MiB (2^20 bytes). */
  public int neededMiB() {
    return neededMiB;
  }
}
