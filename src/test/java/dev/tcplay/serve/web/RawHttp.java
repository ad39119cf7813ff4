package dev.tcplay.serve.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tcplay.serve.TreeServer;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.SocketFactory;

/** A client that sends what a test wrote, also what no decent client would. */
public final class RawHttp {

  /** What came back. */
  public static final class Answer {

    private final int status;
    private final List<String> fields;
    private final byte[] body;

    Answer(int status, List<String> fields, byte[] body) {
      this.status = status;
      this.fields = fields;
      this.body = body;
    }

    /** Returns the status. */
    public int status() {
      return status;
    }

    /** Returns its lines behind the first. */
    public List<String> fields() {
      return fields;
    }

    /** Returns the body as bytes. */
    public byte[] body() {
      return body;
    }

    /** Returns the first value of a field. */
    public Optional<String> field(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return fields.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .findFirst();
    }

    /** Returns the body as text. */
    public String text() {
      return new String(body, UTF_8);
    }
  }

  private final URI base;
  private final SocketFactory sockets;

  /** Makes a client of a server. */
  public RawHttp(TreeServer server) {
    this(server, SocketFactory.getDefault());
  }

  /** Makes a client of a server that speaks TLS, say. */
  public RawHttp(TreeServer server, SocketFactory sockets) {
    base = URI.create(server.addresses().get(0));
    this.sockets = sockets;
  }

  /** Returns the path of the root, with a slash at its end. */
  public String root() {
    return base.getPath();
  }

  /** Returns the name and port of the server. */
  public String host() {
    return base.getAuthority();
  }

  /** Asks for a path below the root. */
  public Answer ask(String method, String path, String... fields) throws IOException {
    return send(method, path, new byte[0], fields);
  }

  /** Asks for a path below the root, with a body. */
  public Answer send(String method, String path, byte[] body, String... fields) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(base.getRawPath()).append(path).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(host()).append("\r\n");
    for (String field : fields) {
      head.append(field).append("\r\n");
    }
    if (body.length > 0 || method.equals("PUT")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
    request.writeBytes(body);
    return exchange(request.toByteArray());
  }

  /** Sends bytes and reads one answer. */
  public Answer exchange(byte[] request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      boolean head =
          new String(request, 0, Math.min(5, request.length), ISO_8859_1).equals("HEAD ");
      return read(socket.getInputStream(), head);
    }
  }

  /** Connects. */
  public Socket connect() throws IOException {
    Socket socket = sockets.createSocket(base.getHost(), base.getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  /** Reads one answer. */
  public static Answer read(InputStream in, boolean head) throws IOException {
    String first = line(in);
    while (first.startsWith("HTTP/1.1 100")) {
      line(in);
      first = line(in);
    }
    int status = Integer.parseInt(first.split(" ", 3)[1]);
    List<String> fields = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      fields.add(line);
    }
    Answer answer = new Answer(status, fields, new byte[0]);
    if (head || status == 204 || status == 304) {
      return answer;
    }
    if (answer.field("Transfer-Encoding").isPresent()) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (int n = size(in); n > 0; n = size(in)) {
        body.writeBytes(in.readNBytes(n));
        line(in);
      }
      line(in);
      return new Answer(status, fields, body.toByteArray());
    }
    Optional<String> length = answer.field("Content-Length");
    byte[] body =
        length.isPresent() ? in.readNBytes(Integer.parseInt(length.get())) : in.readAllBytes();
    if (length.isPresent() && body.length < Integer.parseInt(length.get())) {
      throw new EOFException("an answer of " + body.length + " bytes instead of " + length.get());
    }
    return new Answer(status, fields, body);
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended in \"" + line + "\"");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
