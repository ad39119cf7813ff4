package dev.tcplay.fs.cluster;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.Registration;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands over to the device what only a mounted volume knows yet: when it is forced, before each
 * sync, and for the last time when it is closed. Safe for any number of threads.
 */
public final class VolumeSync {

  /** What a mounted volume has to hand over. */
  public interface Pending {

    /** Returns whether the volume was mounted to be read only. */
    boolean isReadOnlyByChoice();

    /** Returns whether nothing can be written now. */
    boolean isReadOnly();

    /** Returns what all changes run in. */
    ChangeGuard guard();

    /** Fails if an Error or the like has ended a change. */
    void checkNotBroken() throws IOException;

    /** Hands over all that only the volume knows yet; called without a lock of the tree. */
    void handOver() throws IOException;

    /** Frees what deleted files have that nobody can close any more. */
    void releaseUnlinked() throws IOException;

    /** Says on the volume that all is well, once everything is on the host's storage. */
    void end() throws IOException;
  }

  private final BlockDevice device;
  private final Pending pending;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Whether the one who closes is done with the tree, well or not. */
  private volatile boolean ended;

  /** Held while what is pending is handed over, so that who closes finds it done. */
  private final ReentrantLock handingOver = new ReentrantLock();

  /** Ends what is done before each sync. */
  private Registration syncs = () -> {};

  /** Makes what hands over to a device, and closes it. */
  public VolumeSync(BlockDevice device, Pending pending) {
    this.device = device;
    this.pending = pending;
  }

  /** Hands over before each sync from now on. */
  public void begin() {
    syncs = device.beforeSync(this::handOverQuietly);
  }

  /** Hands all over, and returns once it is on the host's storage. */
  public void force() throws IOException {
    if (!pending.isReadOnlyByChoice()) {
      handOver();
    }
    device.flush();
  }

  /** Hands over all that only this volume knows yet; called without any other lock. */
  private void handOver() throws IOException {
    pending.guard().run(this::handOverAll);
  }

  private void handOverAll() throws IOException {
    handingOver.lock();
    try {
      pending.handOver();
    } finally {
      handingOver.unlock();
    }
  }

  /** What fails here fails again when the volume is forced or closed. */
  private void handOverQuietly() {
    try {
      if (!pending.isReadOnly() && !closed.get()) {
        handOver();
      }
    } catch (IOException ignored) {
      // As said above; a device that refuses writes has made the volume read-only.
    }
  }

  /** Hands all over for the last time, and closes the device, whatever fails. */
  public void close() throws IOException {
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
    if (!pending.isReadOnlyByChoice()) {
      // An Error may have kept a lock: nothing is handed over then, and nobody waits for it.
      pending.checkNotBroken();
      // What a sync hands over is on the way, or not begun, when the mark is taken away.
      handingOver.lock();
      try {
        handOver();
        pending.guard().run(pending::releaseUnlinked);
        pending.guard().run(pending::end);
        pending.checkNotBroken();
      } finally {
        handingOver.unlock();
      }
    }
  }
}
