package dev.tcplay.crypto;

/** Counts data units in 32 bits, from 0 again behind the last of them: Linux's {@code plain}. */
final class NarrowUnits implements DataUnitCipher {

  private static final long UNITS = 1L << 32;

  private final DataUnitCipher wide;

  /** Takes a cipher over. */
  NarrowUnits(DataUnitCipher wide) {
    this.wide = wide;
  }

  @Override
  public void encrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    int head = upToTheLast(firstUnit, length);
    wide.encrypt(narrow(firstUnit), source, sourceOffset, target, targetOffset, head);
    wide.encrypt(0, source, sourceOffset + head, target, targetOffset + head, length - head);
  }

  @Override
  public void decrypt(
      long firstUnit,
      byte[] source,
      int sourceOffset,
      byte[] target,
      int targetOffset,
      int length) {
    int head = upToTheLast(firstUnit, length);
    wide.decrypt(narrow(firstUnit), source, sourceOffset, target, targetOffset, head);
    wide.decrypt(0, source, sourceOffset + head, target, targetOffset + head, length - head);
  }

  private static long narrow(long unit) {
    return unit & (UNITS - 1);
  }

  private static int upToTheLast(long firstUnit, int length) {
    return (int) Math.min(length, (UNITS - narrow(firstUnit)) * DATA_UNIT);
  }

  @Override
  public void close() {
    wide.close();
  }
}
