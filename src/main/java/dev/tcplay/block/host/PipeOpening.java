package dev.tcplay.block.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Opens what may be a pipe. The host opens a pipe as soon as somebody writes to it, and no
 * interrupt ends its waiting, so another thread waits.
 */
final class PipeOpening {

  private PipeOpening() {}

  /**
   * Opens a file to read it; an interrupt ends the reading too.
   *
   * @throws InterruptedIOException if the thread is interrupted; its flag is then set, and what may
   *     be opened later is closed at once
   */
  static InputStream open(Path file) throws IOException {
    CompletableFuture<InputStream> opened = new CompletableFuture<>();
    Thread opener = new Thread(() -> open(file, opened), "tcplay-open");
    opener.setDaemon(true);
    opener.start();
    try {
      return opened.get();
    } catch (InterruptedException e) {
      if (!opened.cancel(false)) {
        closeOpened(opened);
      }
      Thread.currentThread().interrupt();
      InterruptedIOException exception = new InterruptedIOException("interrupted: " + file);
      exception.initCause(e);
      throw exception;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException(file + " cannot be opened", e.getCause());
    }
  }

  private static void open(Path file, CompletableFuture<InputStream> opened) {
    try {
      // The stream of Files would not heed an interrupt while it reads.
      InputStream stream = Channels.newInputStream(Files.newByteChannel(file));
      if (!opened.complete(stream)) {
        stream.close();
      }
    } catch (IOException | RuntimeException | Error e) {
      // An Error too: somebody waits.
      opened.completeExceptionally(e);
    }
  }

  private static void closeOpened(CompletableFuture<InputStream> opened) throws IOException {
    try {
      opened.getNow(InputStream.nullInputStream()).close();
    } catch (CancellationException | CompletionException e) {
      // It was not opened.
    }
  }
}
