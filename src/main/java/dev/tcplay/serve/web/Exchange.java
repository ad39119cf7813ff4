package dev.tcplay.serve.web;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;

/** A request and its answer. For the thread of the request only. */
public final class Exchange {

  private static final byte[] NOTHING = {};

  private final Request request;
  private final Response response;
  private final String prefix;
  private final RequestsUnderWay underWay;
  private final BodyStream body;
  private RequestPath path = RequestPath.ROOT;

  Exchange(Request request, Response response, String prefix, RequestsUnderWay underWay) {
    this.request = request;
    this.response = response;
    this.prefix = prefix;
    this.underWay = underWay;
    body = new BodyStream(request, response);
  }

  /** Returns the method. */
  public String method() {
    return request.getMethod();
  }

  /** Returns the path below the root of the tree. */
  public RequestPath path() {
    return path;
  }

  void path(RequestPath path) {
    this.path = path;
  }

  /** Returns a field of the request, if it is there. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  /** Returns the body as it comes; it ends with an exception if the client sends too slowly. */
  public InputStream body() {
    return body;
  }

  /** Returns how many bytes the body has; -1 if the client does not say so beforehand. */
  public long bodyLength() {
    return request.getContentLengthLong();
  }

  /** Tells whether there is a body, perhaps an empty one. */
  public boolean hasBody() {
    return bodyLength() > 0 || header("Transfer-Encoding").isPresent();
  }

  /** Has the connection end with the answer if there is a body, of which no more is read. */
  void refuseBody() {
    if (hasBody()) {
      addHeader("Connection", "close");
      response.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
  }

  /** Tells whether the server ends, and waits only for this request to give up what it does. */
  public boolean isCutOff() {
    return underWay.isCutOff();
  }

  /** Adds a field to the answer. */
  public void addHeader(String name, String value) {
    response.addHeader(name, value);
  }

  /** Answers by a status, without a body. */
  public void answer(int status) {
    response.setStatus(status);
    if (status != 204 && status != 304) {
      response.setContentLength(0);
    }
  }

  /**
   * Begins an answer that has a body.
   *
   * @param length in bytes; -1 if it is not known
   * @return takes the body, which nobody gets in answer to HEAD
   */
  public OutputStream answer(int status, String type, long length) {
    response.setStatus(status);
    response.setContentTypeNoCharset(type);
    if (length >= 0) {
      response.setContentLength(length);
    }
    return new AnswerStream(response);
  }

  /** Returns the path of a URI that leads to names below the root. */
  public String href(Iterable<String> names, boolean directory) {
    StringBuilder href = new StringBuilder(prefix);
    for (String name : names) {
      href.append('/').append(RequestPath.encode(name));
    }
    return directory || href.isEmpty() ? href.append('/').toString() : href.toString();
  }

  /**
   * Returns what a URI of a field leads to.
   *
   * @throws HttpFailure with 502 if it leads to another server, 403 if out of the tree, 400 if it
   *     is malformed
   */
  public RequestPath local(String uri) throws HttpFailure {
    String raw = uri;
    if (!uri.startsWith("/")) {
      int authority = uri.indexOf("://") + 3;
      int slash = uri.indexOf('/', authority);
      if (authority < 3 || slash < 0) {
        throw new HttpFailure(400, "Neither a URI nor a path");
      }
      if (!isHere(uri.substring(0, slash))) {
        throw new HttpFailure(502, "On another server");
      }
      raw = uri.substring(slash);
    }
    if (raw.indexOf('?') >= 0 || raw.indexOf('#') >= 0) {
      throw new HttpFailure(400, "More than a path");
    }
    if (!raw.startsWith(prefix + "/")) {
      throw new HttpFailure(403, "Not in the tree");
    }
    return RequestPath.parse(raw.substring(prefix.length()));
  }

  /** Returns the scheme, name and port by which the client calls this server. */
  String origin() {
    boolean usual = request.getServerPort() == (scheme().equals("https") ? 443 : 80);
    return scheme() + "://" + serverName() + (usual ? "" : ":" + request.getServerPort());
  }

  /** Returns the name by which the client calls this host; empty if it says none. */
  String serverName() {
    return text(request.serverName());
  }

  /** Returns the address at which the client reached this host. */
  String localAddress() {
    request.action(ActionCode.REQ_LOCAL_ADDR_ATTRIBUTE, null);
    return text(request.localAddr());
  }

  /** Returns the client's end of the connection. */
  InetSocketAddress client() {
    request.action(ActionCode.REQ_HOST_ADDR_ATTRIBUTE, null);
    request.action(ActionCode.REQ_REMOTEPORT_ATTRIBUTE, null);
    // An address in numbers, which is not looked up.
    return new InetSocketAddress(text(request.remoteAddr()), request.getRemotePort());
  }

  /** Returns the bytes of the field by which the client logs in; empty if there is none. */
  byte[] authorization() {
    MessageBytes value = request.getMimeHeaders().getValue("Authorization");
    if (value == null) {
      return NOTHING;
    }
    ByteChunk bytes = value.getByteChunk();
    byte[] copy = new byte[bytes.getLength()];
    System.arraycopy(bytes.getBytes(), bytes.getStart(), copy, 0, copy.length);
    return copy;
  }

  private String scheme() {
    return request.scheme().isNull() ? "http" : text(request.scheme());
  }

  private boolean isHere(String base) {
    try {
      URI there = new URI(base);
      URI here = new URI(origin());
      return here.getHost() != null
          && here.getHost().equalsIgnoreCase(there.getHost())
          && here.getScheme().equalsIgnoreCase(there.getScheme())
          && port(here) == port(there);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
  }

  private static String text(MessageBytes bytes) {
    String text = bytes.toString();
    return text == null ? "" : text;
  }
}
