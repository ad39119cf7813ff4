package dev.tcplay.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads where a server listens. */
final class ListenAddress implements ITypeConverter<InetSocketAddress> {

  /** Why an address of others is refused: whoever reaches it could read the volume. */
  static final String IN_CLEAR =
      "--listen at an address that other machines reach goes with --tls-certificates only";

  @Override
  public InetSocketAddress convert(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw new TypeConversionException("expected ADDRESS:PORT, such as 127.0.0.1:10809");
    }
    try {
      InetAddress address = InetAddress.getByName(text.substring(0, colon));
      return new InetSocketAddress(address, Integer.parseInt(text.substring(colon + 1)));
    } catch (UnknownHostException e) {
      throw new TypeConversionException("an unknown address");
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("expected a port from 0 to 65535");
    }
  }

  /** Returns what to say where a server cannot have an address. */
  static IOException failure(InetSocketAddress address, Exception refused) {
    Throwable first = refused;
    for (Throwable cause = first; cause != null; cause = cause.getCause()) {
      first = cause;
    }
    String place = address.getAddress().getHostAddress() + ":" + address.getPort();
    return new IOException("--listen " + place + ": " + first.getMessage(), refused);
  }
}
