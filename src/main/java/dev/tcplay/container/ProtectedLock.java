package dev.tcplay.container;

import dev.tcplay.block.ForbiddenWriteException;
import dev.tcplay.block.GuardDevice;
import java.io.IOException;
import java.util.List;

/**
 * The lock of a container in which a hidden volume is protected: from the first write that was
 * refused on it refuses all, whatever driver is above.
 */
record ProtectedLock(ContainerLock lock, GuardDevice guard) implements ContainerLock {

  @Override
  public void check(boolean writing) throws IOException {
    lock.check(writing);
    if (writing) {
      guard.checkNotTripped();
    }
  }

  @Override
  public List<String> warnings() {
    return guard.refusal().map(ForbiddenWriteException::getReason).stream()
        .map(refused -> "the volume has become read-only, for the hidden one in it: " + refused)
        .toList();
  }
}
