package dev.tcplay.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileLock;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A file as an asynchronous channel. Reads and writes run in an executor, and so do the handlers,
 * whatever the outcome. What waits there when the channel is closed fails with {@link
 * AsynchronousCloseException}.
 */
final class NodeAsynchronousChannel extends AsynchronousFileChannel {

  private final OpenFile file;
  private final FileLocks locks;
  private final Executor executor;
  private volatile boolean open = true;

  NodeAsynchronousChannel(OpenFile file, Executor executor) {
    this.file = file;
    this.locks = file.locks();
    this.executor = executor;
  }

  @Override
  public <A> void read(
      ByteBuffer target,
      long position,
      A attachment,
      CompletionHandler<Integer, ? super A> handler) {
    Objects.requireNonNull(handler, "handler");
    submit(reading(target, position), attachment, handler);
  }

  @Override
  public CompletableFuture<Integer> read(ByteBuffer target, long position) {
    return submit(reading(target, position));
  }

  private Callable<Integer> reading(ByteBuffer target, long position) {
    if (position < 0) {
      throw new IllegalArgumentException("negative position: " + position);
    }
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("the buffer is read-only");
    }
    file.checkReadable();
    return () -> file.read(position, target);
  }

  @Override
  public <A> void lock(
      long position,
      long size,
      boolean shared,
      A attachment,
      CompletionHandler<FileLock, ? super A> handler) {
    Objects.requireNonNull(handler, "handler");
    lockAnd(position, size, shared, task -> submit(task, attachment, handler));
  }

  @Override
  public CompletableFuture<FileLock> lock(long position, long size, boolean shared) {
    CompletableFuture<FileLock> result = new CompletableFuture<>();
    lockAnd(position, size, shared, task -> submit(task, result));
    return result;
  }

  /** Locks a range, and has that told; nobody would give the lock up who is not told. */
  private void lockAnd(
      long position, long size, boolean shared, Consumer<Callable<FileLock>> telling) {
    FileLock lock;
    try {
      checkOpen();
      lock = locks.lock(this, position, size, shared);
    } catch (ClosedChannelException e) {
      telling.accept(
          () -> {
            throw e;
          });
      return;
    }
    boolean told = false;
    try {
      telling.accept(() -> lock);
      told = true;
    } finally {
      if (!told) {
        locks.giveUp(lock);
      }
    }
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    checkOpen();
    return locks.lock(this, position, size, shared);
  }

  @Override
  public <A> void write(
      ByteBuffer source,
      long position,
      A attachment,
      CompletionHandler<Integer, ? super A> handler) {
    Objects.requireNonNull(handler, "handler");
    submit(writing(source, position), attachment, handler);
  }

  @Override
  public CompletableFuture<Integer> write(ByteBuffer source, long position) {
    return submit(writing(source, position));
  }

  private Callable<Integer> writing(ByteBuffer source, long position) {
    Objects.requireNonNull(source, "source");
    if (position < 0) {
      throw new IllegalArgumentException("negative position: " + position);
    }
    file.checkWritable();
    return () -> file.write(position, source);
  }

  @Override
  public long size() throws IOException {
    checkOpen();
    return file.size();
  }

  @Override
  public AsynchronousFileChannel truncate(long size) throws IOException {
    checkOpen();
    file.checkWritable();
    if (size < 0) {
      throw new IllegalArgumentException("negative size: " + size);
    }
    file.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    checkOpen();
    file.force();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    locks.release(this);
    file.close(this);
  }

  private void checkOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }

  private <T> CompletableFuture<T> submit(Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    submit(task, result);
    return result;
  }

  private <T> void submit(Callable<T> task, CompletableFuture<T> result) {
    submit(
        task,
        result,
        new CompletionHandler<T, CompletableFuture<T>>() {
          @Override
          public void completed(T value, CompletableFuture<T> future) {
            future.complete(value);
          }

          @Override
          public void failed(Throwable failure, CompletableFuture<T> future) {
            future.completeExceptionally(failure);
          }
        });
  }

  /** Has a task done and its outcome told in a thread of the executor. */
  private <T, A> void submit(
      Callable<T> task, A attachment, CompletionHandler<T, ? super A> handler) {
    boolean wasOpen = open;
    executor.execute(
        () -> {
          T value;
          try {
            checkOpen();
            value = task.call();
          } catch (ClosedChannelException e) {
            handler.failed(wasOpen ? closedMeanwhile(e) : e, attachment);
            return;
          } catch (Exception | Error e) {
            handler.failed(e, attachment);
            return;
          }
          handler.completed(value, attachment);
        });
  }

  private static AsynchronousCloseException closedMeanwhile(ClosedChannelException cause) {
    if (cause instanceof AsynchronousCloseException already) {
      return already;
    }
    AsynchronousCloseException closed = new AsynchronousCloseException();
    closed.initCause(cause);
    return closed;
  }
}
