package dev.tcplay.nio;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A watch service whose keys wait in a queue, each once at most, as the keys see to. Once it is
 * closed, all who wait or come to wait get a {@link ClosedWatchServiceException}.
 */
public abstract class QueuedWatch implements WatchService {

  /** An empty one says that the service is closed, and stays for all who wait. */
  private final BlockingQueue<List<WatchKey>> signalled = new LinkedBlockingQueue<>();

  private volatile boolean closed;

  /** Makes a service that is open. */
  protected QueuedWatch() {}

  /** Ends what tells the keys; called once, when nobody gets keys any more. */
  protected abstract void end() throws IOException;

  /** Puts a key behind those that wait. */
  protected final void enqueue(WatchKey key) {
    signalled.add(List.of(key));
  }

  /** Returns whether the service is closed. */
  protected final boolean isClosed() {
    return closed;
  }

  /**
   * Fails if the service is closed.
   *
   * @throws ClosedWatchServiceException then
   */
  protected final void checkOpen() {
    if (closed) {
      throw new ClosedWatchServiceException();
    }
  }

  @Override
  public final @Nullable WatchKey poll() {
    checkOpen();
    return found(signalled.poll());
  }

  @Override
  public final @Nullable WatchKey poll(long timeout, TimeUnit unit) throws InterruptedException {
    checkOpen();
    return found(signalled.poll(timeout, unit));
  }

  @Override
  public final WatchKey take() throws InterruptedException {
    checkOpen();
    WatchKey key = found(signalled.take());
    if (key == null) {
      throw new ClosedWatchServiceException();
    }
    return key;
  }

  private @Nullable WatchKey found(@Nullable List<WatchKey> next) {
    if (closed) {
      signalled.add(List.of());
    }
    checkOpen();
    return next == null || next.isEmpty() ? null : next.get(0);
  }

  @Override
  public final void close() throws IOException {
    synchronized (signalled) {
      if (closed) {
        return;
      }
      closed = true;
    }
    signalled.clear();
    signalled.add(List.of());
    end();
  }
}
