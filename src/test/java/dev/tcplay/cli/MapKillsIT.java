package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.nbd.RawClient;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four clients write and flush, and go away within requests, until the server is killed, {@code
 * -Dtcplay.kills} times (3): what was flushed is there, and else only what was written.
 */
@Timeout(600)
@DisabledOnOs(OS.WINDOWS)
class MapKillsIT {

  private static final int KILLS = Integer.getInteger("tcplay.kills", 3);
  private static final int CLIENTS = 4;
  private static final int BLOCKS = 48;
  private static final int BLOCK = 4096;
  private static final int SECTOR = 512;

  @TempDir private Path folder;
  private Path container;

  private JavaProcess tcplay(Object... arguments) {
    return JavaProcess.main("-XX:TieredStopAtLevel=1")
        .arguments(arguments)
        .environment("XDG_RUNTIME_DIR", folder);
  }

  private RawClient connect() throws IOException {
    RawClient client = new RawClient(UnixDomainSocketAddress.of(folder.resolve("tcplay/vol.sock")));
    client.greet().option(7, new byte[6]);
    while (client.optionReply(7).type() != 1) {
      // The facts of the export.
    }
    return client;
  }

  private ProcessHandle map() throws Exception {
    CommandRun.Result result =
        tcplay("map", "--background", "--password", "x", "--pim", 1, "vol", container).run();
    assertEquals(0, result.status(), result::err);
    String json = tcplay("status", "--json", "vol").run().out();
    String pid = json.replaceFirst("(?s).*\"pid\": (\\d+),.*", "$1");
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  @Test
  void whatWasFlushedSurvivesKillsOfClientsAndServer() throws Exception {
    Random random = new Random(Seeds.of("MapKillsIT"));
    container = folder.resolve("c.hc");
    CommandRun.Result made =
        new CommandRun().run("create", "--password", "x", "--pim", 1, "--size", "4M", container);
    assertEquals(0, made.status(), made::err);
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new Client(i, new Random(random.nextLong())));
    }
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    ProcessHandle server = map();
    try {
      for (Client client : clients) {
        client.verify();
      }
      for (int kill = 0; kill < KILLS; kill++) {
        List<Future<?>> running = new ArrayList<>();
        for (Client client : clients) {
          // By turns, since either of them would make up for the other one.
          boolean flushing = kill % 2 == 0;
          running.add(threads.submit(() -> client.work(flushing)));
        }
        Thread.sleep(500 + random.nextInt(1500));
        server.destroyForcibly();
        for (Future<?> each : running) {
          assertEnded(each);
        }
        server.onExit().join();
        server = map();
        for (Client client : clients) {
          client.verify();
        }
      }
      assertEquals(0, tcplay("unmap", "vol").run().status());
    } finally {
      threads.shutdownNow();
      server.destroyForcibly();
    }
    int flushes = clients.stream().mapToInt(client -> client.flushes).sum();
    int gone = clients.stream().mapToInt(client -> client.gone).sum();
    assertTrue(flushes > KILLS, "flushes: " + flushes);
    System.out.printf("MapKillsIT: %d flushes, %d clients killed%n", flushes, gone);
  }

  private static void assertEnded(Future<?> client) throws InterruptedException {
    try {
      client.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** A client and the blocks that are its own, with the versions that each may hold. */
  private final class Client {

    private final int number;
    private final Random random;
    private final List<Set<Long>> possible = new ArrayList<>();
    private long version;
    private int flushes;
    private int gone;

    Client(int number, Random random) {
      this.number = number;
      this.random = random;
      for (int i = 0; i < BLOCKS; i++) {
        possible.add(new HashSet<>());
      }
    }

    private long offset(int block) {
      return ((long) number * BLOCKS + block) * BLOCK;
    }

    /** Writes until the server is gone, and flushes now and then, or by single writes. */
    void work(boolean flushing) {
      // A request that was under way when its client went may be done after later ones.
      List<Set<Long>> late = new ArrayList<>();
      possible.forEach(each -> late.add(new HashSet<>()));
      while (true) {
        try (RawClient client = connect()) {
          for (int left = 20 + random.nextInt(400); left > 0; left--) {
            step(client, late, flushing);
          }
          // This client dies within a request, or before its answer.
          gone++;
          int block = random.nextInt(BLOCKS);
          late.get(block).add(++version);
          possible.get(block).add(version);
          client.request(0, 1, 9, offset(block), BLOCK);
          client.out.write(bytes(version), 0, random.nextBoolean() ? BLOCK : 1000);
        } catch (IOException e) {
          return;
        }
      }
    }

    private void step(RawClient client, List<Set<Long>> late, boolean flushing) throws IOException {
      if (flushing && random.nextInt(10) == 0) {
        check(client.error(0, 3, 0, 0));
        flushes++;
        for (int i = 0; i < BLOCKS; i++) {
          keepLast(possible.get(i), late.get(i));
        }
        return;
      }
      int block = random.nextInt(BLOCKS);
      possible.get(block).add(++version);
      boolean lasting = !flushing && random.nextInt(8) == 0;
      check(client.error(lasting ? 1 : 0, 1, offset(block), BLOCK, bytes(version)));
      if (lasting) {
        keepLast(possible.get(block), late.get(block));
      }
    }

    private void keepLast(Set<Long> versions, Set<Long> late) {
      long last =
          versions.stream().filter(each -> !late.contains(each)).max(Long::compare).orElse(0L);
      versions.removeIf(each -> each != last && !late.contains(each));
    }

    private void check(int error) {
      if (error != 0) {
        throw new AssertionError("error " + error);
      }
    }

    private byte[] bytes(long of) {
      ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
      while (bytes.hasRemaining()) {
        bytes.putLong((long) number << 56 | of);
      }
      return bytes.array();
    }

    /** Looks at each sector of blocks that were written, and writes all blocks anew. */
    void verify() throws IOException {
      try (RawClient client = connect()) {
        for (int block = 0; block < BLOCKS; block++) {
          client.request(0, 0, 1, offset(block), BLOCK);
          ByteBuffer found = ByteBuffer.wrap(client.reply(BLOCK).payload());
          if (!possible.get(block).isEmpty()) {
            verify(block, found);
          }
          possible.get(block).clear();
          possible.get(block).add(++version);
          check(client.error(0, 1, offset(block), BLOCK, bytes(version)));
        }
        check(client.error(0, 3, 0, 0));
      }
    }

    private void verify(int block, ByteBuffer found) {
      for (int at = 0; at < BLOCK; at += SECTOR) {
        long first = found.getLong(at);
        for (int i = Long.BYTES; i < SECTOR; i += Long.BYTES) {
          assertEquals(first, found.getLong(at + i), "torn sector " + at / SECTOR);
        }
        assertEquals(number, (int) (first >>> 56));
        long of = first & ~(0xFFL << 56);
        assertTrue(
            possible.get(block).contains(of),
            () ->
                "client %d block %d: %d not of %s"
                    .formatted(number, block, of, possible.get(block)));
      }
    }
  }
}
