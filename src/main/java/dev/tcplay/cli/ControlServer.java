package dev.tcplay.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is asked of a served volume, by lines: a request is one line, the first line of the
 * answer is {@code ok} or what went wrong, and the rest is for the one who asked.
 */
final class ControlServer {

  static final String STATUS = "status";
  static final String JSON = "json";
  static final String LINE = "line";

  /** Asks for the end, whoever uses the volume. */
  static final String STOP = "stop";

  /** Asks for the end if no program uses a mount of the volume. */
  static final String UNMOUNT = "unmount";

  static final String MOUNTS = "mounts";
  static final String OK = "ok";

  /** The longest request, in bytes. */
  private static final int MOST_BYTES = 16;

  /** How long the end of the process waits for who is told of it, in milliseconds. */
  private static final long PATIENCE = 2000;

  private static final long PAUSE_NANOS = 100_000_000;

  /**
   * Somebody's wish for the end.
   *
   * @param isPatient whether there is none as long as programs are in the way
   * @param answer what that one is told: {@link #OK}, or what went wrong
   */
  record Wish(boolean isPatient, CompletableFuture<String> answer) {

    /** Says why there is no end. */
    void refuse(String reason) {
      answer.complete(Names.visible(reason));
    }
  }

  private final ServerSocketChannel socket;
  private final BlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
  private Supplier<Map<String, @Nullable Object>> facts = Map::of;
  private Supplier<List<Path>> mounts = List::of;

  /**
   * Makes a server.
   *
   * @param socket which the owner closes
   */
  ControlServer(ServerSocketChannel socket) {
    this.socket = socket;
  }

  /**
   * Begins to answer.
   *
   * @param facts asked for the facts of the volume at each request
   * @param mounts asked where its tree is mounted
   */
  void start(Supplier<Map<String, @Nullable Object>> facts, Supplier<List<Path>> mounts) {
    this.facts = facts;
    this.mounts = mounts;
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
      case LINE -> OK + "\n" + line();
      case MOUNTS -> OK + "\n" + mounted();
      case STOP, UNMOUNT -> {
        waiting.add(Thread.currentThread());
        Wish wish = new Wish(request.equals(UNMOUNT), new CompletableFuture<>());
        wishes.add(wish);
        yield CompletableFuture.anyOf(wish.answer(), end).join() + "\n";
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

  private String line() {
    Map<String, @Nullable Object> all = facts.get();
    String file = Names.visible(String.valueOf(all.get(VolumeFacts.FILE)));
    return all.get(Serving.NAME) + ": " + file + on() + "\n";
  }

  private String on() {
    return mounts.get().stream()
        .map(place -> " on " + Names.visible(place.toString()))
        .collect(Collectors.joining());
  }

  private String mounted() {
    return mounts.get().stream()
        .map(place -> Names.visible(place.toString()) + "\n")
        .collect(Collectors.joining());
  }

  /** Waits until somebody asks for the end, or the service has ended. */
  Wish awaitWish() throws InterruptedException {
    return wishes.take();
  }

  /** Has the one who waits for a wish go on, without anybody who waits for an answer. */
  void wake() {
    wishes.add(new Wish(true, new CompletableFuture<>()));
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
}
