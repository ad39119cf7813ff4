package dev.tcplay.serve.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** How clients call this host in URIs. */
final class HostNames {

  private HostNames() {}

  /** Returns the addresses at which a server is reached, then the names that it was given. */
  static List<String> of(WebOptions options) {
    List<String> hosts = new ArrayList<>();
    InetAddress listening = options.address().getAddress();
    if (listening.isAnyLocalAddress()) {
      for (InetAddress each : interfaces()) {
        // Those of a link have no meaning on another one.
        if (!each.isLoopbackAddress() && !each.isLinkLocalAddress()) {
          hosts.add(literal(each));
        }
      }
    }
    if (hosts.isEmpty()) {
      hosts.add(
          literal(listening.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : listening));
    }
    hosts.addAll(options.names());
    return hosts;
  }

  private static List<InetAddress> interfaces() {
    try {
      return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList();
    } catch (SocketException e) {
      return List.of();
    }
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    String plain = scope < 0 ? text : text.substring(0, scope);
    return address instanceof Inet6Address ? "[" + plain + "]" : plain;
  }
}
