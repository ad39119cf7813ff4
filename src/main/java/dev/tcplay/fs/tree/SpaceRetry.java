package dev.tcplay.fs.tree;

import dev.tcplay.fs.cluster.ChangeGuard;
import dev.tcplay.fs.cluster.FreeSpaceMap;
import dev.tcplay.fs.cluster.NoSpaceException;
import dev.tcplay.fs.cluster.VolumeSync;
import java.io.IOException;
import java.nio.file.FileSystemException;

/**
 * Makes calls again that found a volume full although some space is free as soon as what is pending
 * is on the host's storage. Safe for any number of threads.
 */
final class SpaceRetry {

  /** How often a change is tried that finds no space although some is about to be free. */
  private static final int MOST_ATTEMPTS = 10;

  private final VolumeWriter<?> writer;
  private final VolumeSync sync;

  SpaceRetry(VolumeWriter<?> writer, VolumeSync sync) {
    this.writer = writer;
    this.sync = sync;
  }

  /** Makes a call that changes nothing if it finds the volume full. Called without any lock. */
  <T> T call(ChangeGuard.Call<T> call) throws IOException {
    return writer.guard().call(() -> attempt(call));
  }

  private <T> T attempt(ChangeGuard.Call<T> call) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        return call.run();
      } catch (NoSpaceException e) {
        // Another thread may have committed what was freed, and be about to say so.
        FreeSpaceMap space = writer.freeClusters().space();
        boolean more = space.freeOnceCommitted() > space.free();
        if (attempt > 0 && (!more || attempt == MOST_ATTEMPTS)) {
          throw new FileSystemException(null, null, e.getReason());
        }
        sync.force();
      }
    }
  }
}
