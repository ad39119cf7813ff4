package dev.tcplay.cli;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is asked of a mapped volume, by lines: a request is one line, the first line of the
 * answer is {@code ok} or what went wrong, and the rest is for the one who asked.
 */
final class ControlServer {

  static final String STATUS = "status";
  static final String JSON = "json";
  static final String LINE = "line";
  static final String STOP = "stop";
  static final String OK = "ok";

  /** The longest request, in bytes. */
  private static final int MOST_BYTES = 16;

  /** How long the end of the process waits for who is told of it, in milliseconds. */
  private static final long PATIENCE = 2000;

  private static final long PAUSE_NANOS = 100_000_000;

  private final ServerSocketChannel socket;
  private final Supplier<Map<String, @Nullable Object>> facts;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

  /**
   * Makes a server.
   *
   * @param socket which the owner closes
   * @param facts asked for the facts of the volume at each request
   */
  ControlServer(ServerSocketChannel socket, Supplier<Map<String, @Nullable Object>> facts) {
    this.socket = socket;
    this.facts = facts;
  }

  /** Begins to answer. */
  void start() {
    start(this::accept);
  }

  private static Thread start(Runnable task) {
    Thread thread = new Thread(task, "tcplay-control");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void accept() {
    while (true) {
      try {
        welcome(socket.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | OutOfMemoryError e) {
        // Want of descriptors or threads passes; without this nobody could unmap the volume.
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void welcome(SocketChannel client) throws IOException {
    try {
      start(() -> answer(client));
    } catch (OutOfMemoryError e) {
      client.close();
      throw e;
    }
  }

  private void answer(SocketChannel client) {
    try (client) {
      String request = request(Channels.newInputStream(client));
      OutputStream out = Channels.newOutputStream(client);
      String answer;
      try {
        answer = answer(request);
      } catch (RuntimeException e) {
        answer = Names.visible(Failures.message(e)) + "\n";
      }
      out.write(answer.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Who asked is gone.
    } finally {
      waiting.remove(Thread.currentThread());
    }
  }

  private static String request(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
      if (line.size() > MOST_BYTES) {
        return "";
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private String answer(String request) throws IOException {
    return switch (request) {
      case STATUS -> OK + "\n" + text();
      case JSON -> OK + "\n" + Json.of(facts.get()) + "\n";
      case LINE -> OK + "\n" + line(facts.get());
      case STOP -> {
        waiting.add(Thread.currentThread());
        stopped.countDown();
        yield end.join() + "\n";
      }
      default -> "unknown request\n";
    };
  }

  private String text() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Output out = new Output(text);
    VolumeFacts.print(facts.get(), out);
    out.flush();
    return text.toString(StandardCharsets.UTF_8);
  }

  private static String line(Map<String, @Nullable Object> facts) {
    String file = String.valueOf(facts.get(MappedVolume.FILE));
    return facts.get(MappedVolume.NAME) + ": " + Names.visible(file) + "\n";
  }

  /** Waits until somebody asks for the end. */
  void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /** Tells those who asked for the end how it went: {@link #OK}, or what went wrong. */
  void ended(String how) {
    end.complete(Names.visible(how));
    for (Thread each : waiting) {
      try {
        each.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Asks the process that serves a volume.
   *
   * @param channel which is closed
   * @return what it answers, without the first line
   * @throws IOException if it refuses, or says nothing
   */
  static String ask(SocketChannel channel, String name, String request) throws IOException {
    try (channel) {
      Channels.newOutputStream(channel).write((request + "\n").getBytes(StandardCharsets.UTF_8));
      BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
      String first = in.readLine();
      if (first == null) {
        throw new IOException(name + ": its process has ended without an answer");
      } else if (!first.equals(OK)) {
        throw new IOException(name + ": " + first);
      }
      StringBuilder rest = new StringBuilder();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        rest.append(line).append('\n');
      }
      return rest.toString();
    }
  }
}
