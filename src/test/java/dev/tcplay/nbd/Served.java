package dev.tcplay.nbd;

import dev.tcplay.block.BlockDevice;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A device that is served at a socket, by the name {@code vol}. */
final class Served implements Closeable {

  final UnixDomainSocketAddress address;
  final NbdServer server;

  /** What the device threw. */
  final List<Throwable> failures = new CopyOnWriteArrayList<>();

  Served(Path folder, BlockDevice device, boolean discards) throws IOException {
    this(folder, device, discards, failure -> {});
  }

  /**
   * Serves a device.
   *
   * @param told what the device throws, once it is among the failures
   */
  Served(Path folder, BlockDevice device, boolean discards, Consumer<Throwable> told)
      throws IOException {
    address = UnixDomainSocketAddress.of(folder.resolve("s"));
    Consumer<Throwable> all = failures::add;
    NbdExport export = new NbdExport("vol", "a test", device, discards);
    server = new NbdServer(export, all.andThen(told));
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    socket.bind(address);
    server.listen(socket);
  }

  /** Returns the URI by which tools find it. */
  String uri() {
    return "nbd+unix:///vol?socket=" + address.getPath();
  }

  /** Returns a client that has greeted. */
  RawClient client() throws IOException {
    return new RawClient(address).greet();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
