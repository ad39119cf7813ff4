package dev.tcplay.nbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many clients a server takes at a socket, and what is left of those that have gone. */
@Timeout(120)
class PlacesTest {

  private static final int MOST = 32;

  @TempDir private Path folder;

  /** Returns a client that is served; empty if it is sent away. */
  private static Optional<RawClient> come(UnixDomainSocketAddress address) throws IOException {
    RawClient client = new RawClient(address);
    try {
      client.greet().begin(true);
      return Optional.of(client);
    } catch (IOException e) {
      client.close();
      return Optional.empty();
    }
  }

  @Test
  void whoComesToAFullSocketIsSentAwayAndTheOtherSocketHasRoom() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try (Served served = new Served(folder, new MemoryDevice(4096), false)) {
      UnixDomainSocketAddress other = UnixDomainSocketAddress.of(folder.resolve("other"));
      ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      socket.bind(other);
      served.server.listen(socket);
      Optional<RawClient> last = come(served.address);
      while (last.isPresent()) {
        clients.add(last.get());
        assertTrue(clients.size() <= MOST, "more than " + MOST);
        last = come(served.address);
      }
      long room = Runtime.getRuntime().maxMemory() >> 23;
      assertEquals(Math.min(MOST, Math.max(1, room)), clients.size());

      assertEquals(0, clients.get(0).error(0, 3, 0, 0), "who is there is served on");
      clients.add(come(other).orElseThrow());

      clients.remove(1).close();
      Optional<RawClient> next = come(served.address);
      while (next.isEmpty()) {
        next = come(served.address);
      }
      clients.add(next.get());
      assertEquals(0, next.get().error(0, 3, 0, 0));
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private WeakReference<BlockDevice> serveAndClose() throws IOException {
    BlockDevice device = new MemoryDevice(4096);
    try (Served served = new Served(folder, device, false)) {
      served.client().close();
      come(served.address).orElseThrow().close();
    }
    return new WeakReference<>(device);
  }

  /** Whoever only connects and goes, ever again, would else fill the memory. */
  @Test
  void nothingWaitsForClientsThatHaveGone() throws Exception {
    WeakReference<BlockDevice> device = serveAndClose();
    long end = System.nanoTime() + 40_000_000_000L;
    while (device.get() != null && System.nanoTime() < end) {
      System.gc();
      Thread.sleep(20);
    }
    assertTrue(device.get() == null, "somebody still holds the device");
  }
}
