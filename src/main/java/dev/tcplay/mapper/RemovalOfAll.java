package dev.tcplay.mapper;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Removes devices, upper ones first, and keeps the first failure until all are gone. */
final class RemovalOfAll {

  private final Registry registry;
  private final FirstFailure failure = new FirstFailure();
  private boolean removed;

  RemovalOfAll(Registry registry) {
    this.registry = registry;
  }

  void run(Set<Removal> how) throws IOException {
    removeUnused();
    if (how.contains(Removal.FORCE)) {
      List<Mapping> upperFirst = registry.upperFirst();
      upperFirst.forEach(device -> failure.keep(device::fail));
      removeUnused();
    }
    if (how.contains(Removal.DEFERRED)) {
      registry.all().forEach(device -> device.setDeferred(true));
      removeUnused();
    }
    failure.rethrow();
  }

  /** Removes what nobody has open, and then what only that had open, and so on. */
  private void removeUnused() {
    do {
      removed = false;
      for (Mapping device : registry.upperFirst()) {
        failure.keep(() -> remove(device));
      }
    } while (removed);
  }

  /** Takes note of a removal, also of one after which something cannot be closed. */
  private void remove(Mapping device) throws IOException {
    Optional<TablePair.Remains> remains = registry.endUnused(device);
    if (remains.isPresent()) {
      removed = true;
      remains.get().close();
    }
  }
}
