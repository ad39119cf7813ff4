package dev.tcplay.nio;

import java.net.URLStreamHandler;
import java.net.spi.URLStreamHandlerProvider;
import org.jspecify.annotations.Nullable;

/**
 * Gives the JDK what opens URLs of the scheme {@code tcplay}: {@code path.toUri().toURL()} of a
 * path in a file system that was opened by URI. The JDK finds it where the library is on the class
 * path or the module path with which the virtual machine began.
 */
public final class UrlHandlers extends URLStreamHandlerProvider {

  /** Makes the service, which does nothing until it is asked. */
  public UrlHandlers() {}

  @Override
  public @Nullable URLStreamHandler createURLStreamHandler(String protocol) {
    return protocol.equalsIgnoreCase(TcplayUri.SCHEME) ? new UrlHandler() : null;
  }
}
