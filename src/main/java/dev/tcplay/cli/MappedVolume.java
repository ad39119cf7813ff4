package dev.tcplay.cli;

import dev.tcplay.OpenContainer;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.nbd.NbdExport;
import dev.tcplay.nbd.NbdServer;
import dev.tcplay.nbd.Tls;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An open container while clients use it as a block device. */
final class MappedVolume implements Service {

  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

  private final Claim claim;
  private final Path file;
  private final OpenContainer container;
  private final boolean discards;
  private final NbdServer server;
  private final List<String> addresses = new ArrayList<>();
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

  /**
   * Begins to serve.
   *
   * @param container which the owner closes afterwards
   * @param listen where clients may come, too, null for nowhere
   * @param tls what clients must begin with there, null for nothing
   */
  MappedVolume(
      Claim claim,
      Path file,
      OpenContainer container,
      boolean discards,
      @Nullable InetSocketAddress listen,
      @Nullable Tls tls)
      throws IOException {
    this.claim = claim;
    this.file = file.toAbsolutePath();
    this.container = container;
    this.discards = discards;
    NbdExport export =
        new NbdExport(
            claim.name(), Names.visible(this.file.toString()), container.device(), discards);
    server = new NbdServer(export, this::failed);
    try {
      if (listen != null) {
        addresses.add(listen(listen, tls));
      }
      server.listen(claim.bindSocket());
    } catch (IOException e) {
      try (server) {
        throw e;
      }
    }
    Path socket = claim.folder().socket(claim.name());
    addresses.add(0, "nbd+unix:///" + claim.name() + "?socket=" + escaped(socket));
  }

  /** Lets clients come to an address, and returns it as a URI. */
  private String listen(InetSocketAddress address, @Nullable Tls tls) throws IOException {
    ServerSocketChannel socket = bind(address);
    server.listen(socket, tls);
    InetSocketAddress bound = (InetSocketAddress) socket.getLocalAddress();
    // The percent sign comes before the zone of an address.
    String host = bound.getAddress().getHostAddress().replace("%", "%25");
    String quoted = host.contains(":") ? "[" + host + "]" : host;
    String scheme = tls == null ? "nbd://" : "nbds://";
    return scheme + quoted + ":" + bound.getPort() + "/" + claim.name();
  }

  private static ServerSocketChannel bind(InetSocketAddress address) throws IOException {
    // A socket of both families would take 0.0.0.0 for every address of IPv6, too.
    StandardProtocolFamily family =
        address.getAddress() instanceof Inet4Address
            ? StandardProtocolFamily.INET
            : StandardProtocolFamily.INET6;
    ServerSocketChannel socket;
    try {
      socket = ServerSocketChannel.open(family);
    } catch (UnsupportedOperationException e) {
      throw ListenAddress.failure(address, e);
    }
    try {
      socket.bind(address);
      return socket;
    } catch (IOException e) {
      try (socket) {
        throw ListenAddress.failure(address, e);
      }
    }
  }

  /** A path in the query of a URI, where only these characters stand for themselves. */
  private static String escaped(Path path) {
    StringBuilder text = new StringBuilder();
    for (byte each : path.toString().getBytes(StandardCharsets.UTF_8)) {
      if (PLAIN.indexOf(each) >= 0) {
        text.append((char) each);
      } else {
        text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
      }
    }
    return text.toString();
  }

  private void failed(Throwable cause) {
    failure.compareAndSet(null, Failures.message(cause));
  }

  /** Says where clients may come, as URIs. */
  @Override
  public List<String> announcement() {
    return addresses;
  }

  @Override
  public Map<String, @Nullable Object> facts() {
    BlockDevice device = container.device();
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put(VolumeFacts.FILE, file.toString());
    facts.put("pid", ProcessHandle.current().pid());
    facts.put("socket", claim.folder().socket(claim.name()).toString());
    facts.put("listen", addresses.size() > 1 ? addresses.get(1) : null);
    facts.put("size", device.size());
    facts.put("read-only", device.isReadOnly());
    facts.put("discards", discards);
    facts.put("connections", server.connections());
    facts.put("first-failure", failure.get());
    facts.putAll(VolumeFacts.of(container.info()));
    return facts;
  }

  /** Lets the requests under way end, and ends all clients. */
  @Override
  public void close() throws IOException {
    server.close();
  }
}
