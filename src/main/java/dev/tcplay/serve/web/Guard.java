package dev.tcplay.serve.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Lets in who knows the token of the address, or the login, and comes from no page of another site.
 * Safe for several threads.
 */
final class Guard {

  private static final int TOKEN_BYTES = 16;

  private final WebOptions options;
  private final Optional<LoginCheck> login;
  private final Optional<String> token;

  /** Makes a guard, with a new token unless there is a login. */
  Guard(WebOptions options) {
    this.options = options;
    login = options.login().map(LoginCheck::new);
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    token =
        options.login().isPresent()
            ? Optional.empty()
            : Optional.of(HexFormat.of().formatHex(random));
  }

  /** Returns what paths begin with, such as {@code /token}; empty for the root. */
  String prefix() {
    return token.map(t -> "/" + t).orElse("");
  }

  /**
   * Refuses requests that another site's page may have made: under a name of its own for our
   * address, or with the fields by which browsers tell where a request is from.
   *
   * @throws HttpFailure for those
   */
  void checkSite(Exchange exchange) throws HttpFailure {
    if (!isOurs(exchange.serverName(), exchange.localAddress())) {
      throw new HttpFailure(421, "Host is not a name of this server");
    }
    Optional<String> origin = exchange.header("Origin");
    if (origin.isPresent()
        && (exchange.method().equals("OPTIONS") || !origin.get().equals(exchange.origin()))) {
      throw new HttpFailure(403, "From a page of another site");
    }
    String site = exchange.header("Sec-Fetch-Site").orElse("none");
    if (!site.equals("none") && !site.equals("same-origin")) {
      throw new HttpFailure(403, "From a page of another site");
    }
  }

  /**
   * Lets in a request, or not.
   *
   * @param path the path of the request as it came
   * @return the path behind the token: empty, or from a slash on
   * @throws HttpFailure if it is a stranger's
   */
  String admit(String path, Exchange exchange) throws HttpFailure {
    if (login.isPresent()) {
      login.get().check(exchange);
      return path;
    }
    // Wrong tokens are not counted: nobody guesses 128 bits, and the owner is never kept out.
    int end = path.indexOf('/', 1);
    String first = end < 0 ? path : path.substring(0, end);
    if (!MessageDigest.isEqual(first.getBytes(ISO_8859_1), prefix().getBytes(ISO_8859_1))) {
      throw new HttpFailure(404, "No token, or a wrong one");
    }
    return end < 0 ? "" : path.substring(end);
  }

  /** Tells whether a client may call us so: by our address, or a name that was given. */
  private boolean isOurs(String name, String local) {
    if (name.isEmpty()) {
      return false;
    }
    if (options.names().stream().anyMatch(name::equalsIgnoreCase)) {
      return true;
    }
    try {
      InetAddress address = InetAddress.getByName(local);
      if (name.startsWith("[")) {
        return InetAddress.getByName(name).equals(address);
      }
      return name.equals(address.getHostAddress())
          || (name.equalsIgnoreCase("localhost") && address.isLoopbackAddress());
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
