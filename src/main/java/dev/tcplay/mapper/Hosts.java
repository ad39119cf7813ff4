package dev.tcplay.mapper;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ForwardingDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The devices that are no mapped ones: all tables that name one share it, and the last one closes
 * it. Opening and closing one of them keeps nobody from another.
 */
final class Hosts {

  private record Key(String name, boolean readOnly) {}

  /**
   * A device and how many use it; its lock is held while it is opened and closed. A device that
   * nobody uses is one whose closing met an {@link Error}, such as for want of memory.
   */
  private static final class Shared {
    @Nullable BlockDevice device;
    int users;
    boolean gone;
  }

  private final DeviceOpener opener;
  private final Map<Key, Shared> all = new ConcurrentHashMap<>();

  Hosts(DeviceOpener opener) {
    this.opener = opener;
  }

  /** Opens a file or a block device of the host, locked. */
  static BlockDevice openFile(String name, boolean readOnly) throws IOException {
    try {
      HostOpen how = readOnly ? HostOpen.reading() : HostOpen.writing();
      return FileDevice.open(Path.of(name), how.by("a mapped device"));
    } catch (InvalidPathException e) {
      throw new IOException("device is no path of this host: " + name, e);
    }
  }

  /** Opens a device, or shares it with those who have it open. */
  BlockDevice open(String name, boolean readOnly) throws IOException {
    Key key = new Key(name, readOnly);
    while (true) {
      Shared shared = all.computeIfAbsent(key, absent -> new Shared());
      synchronized (shared) {
        BlockDevice left = shared.users == 0 ? shared.device : null;
        if (left != null) {
          close(key, shared, left);
        } else if (!shared.gone) {
          return open(key, shared);
        }
      }
    }
  }

  private BlockDevice open(Key key, Shared shared) throws IOException {
    BlockDevice device = shared.device;
    if (device == null) {
      try {
        device = opener.open(key.name(), key.readOnly());
        shared.device = device;
      } finally {
        if (shared.device == null) {
          forget(key, shared);
        }
      }
    }
    Use use = new Use(device, () -> close(key, shared));
    shared.users++;
    return use;
  }

  private void forget(Key key, Shared shared) {
    shared.gone = true;
    shared.device = null;
    all.remove(key);
  }

  private void close(Key key, Shared shared) throws IOException {
    synchronized (shared) {
      shared.users--;
      BlockDevice device = shared.device;
      if (shared.users == 0 && device != null) {
        close(key, shared, device);
      }
    }
  }

  /**
   * Closes a device before anybody opens it anew. An {@link Error} may have come before it was
   * closed, so that whoever opens it next goes on with that first.
   */
  private void close(Key key, Shared shared, BlockDevice device) throws IOException {
    try {
      device.close();
    } catch (IOException | RuntimeException e) {
      forget(key, shared);
      throw e;
    }
    forget(key, shared);
  }

  /** Tells that a use has ended. */
  @FunctionalInterface
  private interface End {
    void reached() throws IOException;
  }

  /** One use of a shared device. */
  private static final class Use extends ForwardingDevice {

    private final End end;

    Use(BlockDevice lower, End end) {
      super(lower);
      this.end = end;
    }

    @Override
    protected void doSubmit(WriteBatch batch) throws IOException {
      lower().submit(batch);
    }

    @Override
    protected void doClose() throws IOException {
      end.reached();
    }
  }
}
