package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.Registration;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands over to the device what only a mounted volume knows yet: when it is forced, before each
 * sync, and for the last time when it is closed. Safe for any number of threads.
 */
final class VolumeSync {

  private final BlockDevice device;
  private final TreeContext context;
  private final FatWriter writer;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Whether the one who closes is done with the tree, well or not. */
  private volatile boolean ended;

  /** Held while what is pending is handed over, so that who closes finds it done. */
  private final ReentrantLock handingOver = new ReentrantLock();

  /** Ends what is done before each sync. */
  private Registration syncs = () -> {};

  VolumeSync(BlockDevice device, TreeContext context) {
    this.device = device;
    this.context = context;
    this.writer = context.writer();
  }

  /** Hands over before each sync from now on. */
  void begin() {
    syncs = device.beforeSync(this::handOverQuietly);
  }

  /** Hands all over, and returns once it is on the host's storage. */
  void force() throws IOException {
    if (!writer.isReadOnlyByChoice()) {
      handOver();
    }
    device.flush();
  }

  /** Hands over all that only this volume knows yet; called without any other lock. */
  private void handOver() throws IOException {
    writer.guard().run(this::handOverAll);
  }

  private void handOverAll() throws IOException {
    handingOver.lock();
    try {
      for (FatFile file : context.files().all()) {
        file.publish();
      }
      context.leftovers().clear(context);
      writer.freeClusters().submit();
    } finally {
      handingOver.unlock();
    }
  }

  /** What fails here fails again when the volume is forced or closed. */
  private void handOverQuietly() {
    try {
      if (!writer.isReadOnly() && !closed.get()) {
        handOver();
      }
    } catch (IOException ignored) {
      // As said above; a device that refuses writes has made the volume read-only.
    }
  }

  /** Hands all over for the last time, and closes the device, whatever fails. */
  void close() throws IOException {
    if (!closed.getAndSet(true)) {
      try (device) {
        end();
      } finally {
        ended = true;
      }
    } else if (ended) {
      // Done already, unless an Error came before the device.
      device.close();
    }
  }

  private void end() throws IOException {
    syncs.close();
    if (!writer.isReadOnlyByChoice()) {
      // An Error may have kept a lock: nothing is handed over then, and nobody waits for it.
      writer.checkNotBroken();
      // What a sync hands over is on the way, or not begun, when the mark is taken away.
      handingOver.lock();
      try {
        handOver();
        writer.guard().run(context.files()::releaseUnlinked);
        writer.guard().run(writer::close);
        writer.checkNotBroken();
      } finally {
        handingOver.unlock();
      }
    }
  }
}
