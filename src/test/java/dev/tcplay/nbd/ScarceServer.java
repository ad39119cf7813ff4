package dev.tcplay.nbd;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.testing.Allocations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Lets one allocation of a server fail after the other while a client is served, and counts the
 * places that there are after that.
 */
final class ScarceServer implements ToIntFunction<Path> {

  private static final int SIZE = 1 << 19;

  /** Returns how many allocations have failed. */
  @Override
  public int applyAsInt(Path folder) {
    try (Served served = new Served(folder, new MemoryDevice(SIZE), false)) {
      use(served.address);
      int struck = 0;
      while (isStruck(served.address, struck)) {
        struck++;
      }
      countPlaces(served.address);
      return struck;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns whether an allocation failed, after so many that did not. */
  private static boolean isStruck(SocketAddress address, int after) {
    Allocations.arm(after, 1, false);
    try {
      use(address);
    } catch (IOException e) {
      // It has seen the end.
    }
    return Allocations.disarm() != null;
  }

  /** Writes, and reads in several pieces; whether by an error or not, all is answered. */
  private static void use(SocketAddress address) throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.greet().begin(true);
      client.error(0, 1, 0, 1, (byte) 1);
      client.request(0, 0, 7, 0, SIZE);
      while (!client.reply(0).isLast()) {
        // The next piece follows.
      }
    }
  }

  private static void countPlaces(SocketAddress address) throws IOException {
    int expected = (int) Math.min(32, Math.max(1, Runtime.getRuntime().maxMemory() >> 23));
    List<RawClient> clients = new ArrayList<>();
    try {
      while (clients.size() < expected) {
        come(address, clients); // Until those before have gone, some are sent away.
      }
      come(address, clients);
      if (clients.size() != expected) {
        throw new AssertionError("there is room for more than " + expected);
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private static void come(SocketAddress address, List<RawClient> clients) throws IOException {
    RawClient client = new RawClient(address);
    try {
      client.greet().begin(false);
      clients.add(client);
    } catch (IOException e) {
      client.close();
    }
  }
}
