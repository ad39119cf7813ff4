package dev.tcplay.fs.exfat;

import dev.tcplay.fs.cluster.ChangeGuard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Lock;

/**
 * Takes the locks of directories in which sets come and go. A directory that grows rewrites its own
 * set, so that its parent's lock is shared besides. Locks are taken from the root downwards; who
 * wants two directories that do not lie one in the other holds the tree's lock, and so is the only
 * one that waits for a second lock at one depth.
 */
final class DirectoryLocks {

  /** A lock, and how deep its directory lies. */
  private record Step(int depth, Lock lock) {}

  private DirectoryLocks() {}

  /** Makes a call under a directory's lock, held alone, while it stays where it is. */
  static <T> T callUnder(TreeContext context, ExFatDirectory directory, ChangeGuard.Call<T> call)
      throws IOException {
    ChangeGuard guard = context.writer().guard();
    while (true) {
      ExFatDirectory parent = directory.parent();
      if (parent == null) {
        return guard.callUnder(call, directory.lock().writeLock());
      }
      parent.lock().readLock().lock();
      try {
        if (parent == directory.parent()) {
          return guard.callUnder(call, directory.lock().writeLock());
        }
      } finally {
        parent.lock().readLock().unlock();
      }
    }
  }

  /**
   * Makes a call under the locks of two directories, held alone, of which the second may grow.
   * Under the tree's lock, so that neither moves.
   */
  static <T> T callUnderBoth(
      TreeContext context, ExFatDirectory source, ExFatDirectory target, ChangeGuard.Call<T> call)
      throws IOException {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step(source.depth(), source.lock().writeLock()));
    if (target != source) {
      steps.add(new Step(target.depth(), target.lock().writeLock()));
    }
    ExFatDirectory above = target.parent();
    if (above != null && above != source) {
      steps.add(new Step(above.depth(), above.lock().readLock()));
    }
    steps.sort(Comparator.comparingInt(Step::depth));
    return context
        .writer()
        .guard()
        .callUnder(call, steps.stream().map(Step::lock).toArray(Lock[]::new));
  }
}
