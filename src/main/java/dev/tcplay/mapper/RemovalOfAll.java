package dev.tcplay.mapper;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes devices, upper ones first, and keeps the first failure until all are gone. */
final class RemovalOfAll {

  private final Registry registry;
  private @Nullable IOException failure;

  RemovalOfAll(Registry registry) {
    this.registry = registry;
  }

  /** Removes what nobody has open, and then what only that had open, and so on. */
  void removeUnused() {
    boolean removed = true;
    while (removed) {
      removed = false;
      for (Mapping device : registry.all()) {
        removed |= removes(device);
      }
    }
  }

  private boolean removes(Mapping device) {
    try {
      return registry.removeUnused(device);
    } catch (IOException e) {
      keep(e);
      return true;
    }
  }

  /** Has the transfers of all devices fail, those of upper ones first. */
  void failAll() {
    List<Mapping> upperFirst = registry.upperFirst();
    for (Mapping device : upperFirst) {
      try {
        device.fail();
      } catch (IOException e) {
        keep(e);
      }
    }
  }

  private void keep(IOException e) {
    IOException first = failure;
    if (first == null) {
      failure = e;
    } else {
      first.addSuppressed(e);
    }
  }

  void throwFailure() throws IOException {
    IOException first = failure;
    if (first != null) {
      throw first;
    }
  }
}
