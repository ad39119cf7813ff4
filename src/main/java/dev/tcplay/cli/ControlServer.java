package dev.tcplay.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

  /** Asks for the end if no program uses a mount of the volume. */
  static final String END = "end";

  /** Asks for the end, whoever uses the volume. */
  static final String CUT_OFF = "cut off";

  static final String MOUNTS = "mounts";
  static final String OK = "ok";

  /** The longest request, in bytes. */
  private static final int MOST_BYTES = 16;

  /** How long the end of the process waits for all who are told of it. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final long PAUSE_NANOS = 100_000_000;

  private final ServerSocketChannel socket;
  private final Duration patience;
  private final BlockingQueue<EndWish> wishes = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final Set<Thread> answering = ConcurrentHashMap.newKeySet();
  private volatile boolean over;
  private @Nullable Selector selector;
  private @Nullable Thread acceptor;
  private Supplier<Map<String, @Nullable Object>> facts = Map::of;
  private Supplier<List<Path>> mounts = List::of;

  /**
   * Makes a server.
   *
   * @param socket closed by {@link #ended}
   */
  ControlServer(ServerSocketChannel socket) {
    this(socket, PATIENCE);
  }

  /**
   * For tests, in which threads may have to wait long for a processor.
   *
   * @param patience how long the end waits for all who are told of it
   */
  ControlServer(ServerSocketChannel socket, Duration patience) {
    this.socket = socket;
    this.patience = patience;
  }

  /**
   * Begins to answer.
   *
   * @param facts asked for the facts of the volume at each request
   * @param mounts asked where its tree is mounted
   */
  void start(Supplier<Map<String, @Nullable Object>> facts, Supplier<List<Path>> mounts)
      throws IOException {
    this.facts = facts;
    this.mounts = mounts;
    Selector arrivals = Selector.open();
    selector = arrivals;
    socket.configureBlocking(false);
    socket.register(arrivals, SelectionKey.OP_ACCEPT);
    acceptor = thread(() -> accept(arrivals));
    acceptor.start();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "tcplay-control");
    thread.setDaemon(true);
    return thread;
  }

  private void accept(Selector arrivals) {
    while (!over) {
      try {
        arrivals.select();
        arrivals.selectedKeys().clear();
        acceptAll();
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | OutOfMemoryError e) {
        // Want of descriptors or threads passes; without this nobody could unmap the volume.
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void acceptAll() throws IOException {
    for (SocketChannel client = socket.accept(); client != null; client = socket.accept()) {
      welcome(client);
    }
  }

  private void welcome(SocketChannel client) throws IOException {
    Thread thread = thread(() -> answer(client));
    answering.add(thread);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      answering.remove(thread);
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
      answering.remove(Thread.currentThread());
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
      case END, CUT_OFF -> {
        EndWish wish = new EndWish(request.equals(END), new CompletableFuture<>());
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
    Object place = all.get(TreeService.DETACHED);
    String detached = place == null ? "" : ", detached from %s, still in use".formatted(place);
    return all.get(Serving.NAME) + ": " + file + on() + Names.visible(detached) + "\n";
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
  EndWish awaitWish() throws InterruptedException {
    return wishes.take();
  }

  /** Has the one who waits for a wish go on, without anybody who waits for an answer. */
  void wake() {
    wishes.add(new EndWish(true, new CompletableFuture<>()));
  }

  /**
   * Tells those who asked for the end how it went, also those who have come and were not heard yet,
   * and closes the socket. Nobody can come any more: its name is gone.
   *
   * @param how {@link #OK}, or what went wrong
   */
  void ended(String how) {
    end.complete(Names.visible(how));
    long deadline = System.nanoTime() + patience.toNanos();
    try (socket;
        Selector arrivals = selector) {
      over = true;
      if (arrivals != null && acceptor != null) {
        arrivals.wakeup();
        await(acceptor, deadline);
      }
      socket.configureBlocking(false);
      acceptAll();
    } catch (IOException | OutOfMemoryError e) {
      // Who is told nothing sees that the process has ended.
    }
    answering.forEach(thread -> await(thread, deadline));
  }

  private static void await(Thread thread, long deadline) {
    try {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
