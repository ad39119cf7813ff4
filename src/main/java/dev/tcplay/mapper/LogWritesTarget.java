package dev.tcplay.mapper;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ForwardingDevice;
import dev.tcplay.mapper.PlainTargets.Place;
import dev.tcplay.mapper.TargetType.Recipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * {@code log-writes DEVICE LOG_DEVICE}: whatever is written, flushed or discarded is appended to
 * the log, in the format of Linux's target of that name, one request after the other. A write that
 * the log has no room for fails. The message {@code mark WORD} leaves a mark in the log. A table by
 * which nothing was logged leaves the log as it is.
 */
final class LogWritesTarget implements Target {

  private final Logged device;

  private LogWritesTarget(Logged device) {
    this.device = device;
  }

  static Recipe read(Parameters from) throws MalformedTableException {
    long bytes = from.bytes();
    Place place = new Place(from.device("device"), 0);
    String log = from.device("log device");
    return lower ->
        new LogWritesTarget(new Logged(place.window(lower, bytes), new WriteLog(lower.open(log))));
  }

  @Override
  public BlockDevice device() {
    return device;
  }

  @Override
  public String status() {
    return device.log.status();
  }

  @Override
  public Optional<TableLine> message(TableLine line, Words message, boolean suspended)
      throws IOException {
    if (!message.next().equals("mark")) {
      throw new IOException("log-writes: unknown message; known is mark");
    }
    String text = message.next();
    if (text.isEmpty() || !message.isAtEnd()) {
      throw new IOException(
          "log-writes: mark takes one word; a backslash goes before blanks in it");
    }
    device.log.mark(text.getBytes(StandardCharsets.UTF_8));
    return Optional.empty();
  }

  /** Logs what passes. */
  private static final class Logged extends ForwardingDevice {

    private final WriteLog log;

    Logged(BlockDevice lower, WriteLog log) {
      super(lower);
      this.log = log;
    }

    @Override
    protected void doWrite(long position, byte[] source, int offset, int length)
        throws IOException {
      synchronized (log) {
        lower().write(position, source, offset, length);
        long start = position & -TargetType.SECTOR;
        long end = (position + length + TargetType.SECTOR - 1) & -TargetType.SECTOR;
        byte[] whole = new byte[(int) (end - start)];
        if (whole.length == length) {
          System.arraycopy(source, offset, whole, 0, length);
        } else {
          lower().read(start, whole, 0, whole.length);
        }
        log.write(start, whole);
      }
    }

    @Override
    protected void doFlush() throws IOException {
      if (!isReadOnly()) { // else there is nothing to log, and the log can only be read, too
        log.flush();
      }
      lower().flush();
    }

    @Override
    protected void doDiscard(long position, long length) throws IOException {
      synchronized (log) {
        lower().discard(position, length);
        log.discard(position, length);
      }
    }

    @Override
    protected void doClose() throws IOException {
      BlockDevice below = lower();
      try (below) {
        log.close();
      }
    }
  }
}
