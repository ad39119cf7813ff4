package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.nbd.RawClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Mapped volumes that end while clients are at work, and names that two want at once. */
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
class MapRacesIT {

  private static final int BLOCK = 4096;
  private static final int BLOCKS = 256;

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() throws Exception {
    threads.shutdownNow();
    tcplay("unmap", "--all").run();
  }

  private Path make(String name) {
    Path container = folder.resolve(name);
    CommandRun.Result made =
        new CommandRun().run("create", "--password", "x", "--pim", 1, "--size", "4M", container);
    assertEquals(0, made.status(), made::err);
    return container;
  }

  private JavaProcess tcplay(Object... arguments) {
    return JavaProcess.main("-XX:TieredStopAtLevel=1")
        .arguments(arguments)
        .environment("XDG_RUNTIME_DIR", folder);
  }

  private CommandRun.Result map(Path container) throws Exception {
    return tcplay("map", "--background", "--password", "x", "--pim", 1, "vol", container).run();
  }

  private RawClient connect() throws IOException {
    RawClient client = new RawClient(UnixDomainSocketAddress.of(folder.resolve("tcplay/vol.sock")));
    client.greet().option(7, new byte[6]);
    while (client.optionReply(7).type() != 1) {
      // The facts of the export.
    }
    return client;
  }

  private void assertHolds(Path container, int[] versions) throws Exception {
    Path out = folder.resolve("out");
    CommandRun.Result exported =
        new CommandRun().run("export", "--password", "x", "--pim", 1, container, out);
    assertEquals(0, exported.status(), exported::err);
    byte[] all = Files.readAllBytes(out);
    for (int block = 0; block < BLOCKS; block++) {
      if (versions[block] > 0) {
        byte[] found = Arrays.copyOfRange(all, block * BLOCK, (block + 1) * BLOCK);
        assertEquals(versions[block], found[0], "block " + block);
      }
    }
  }

  @Test
  void ofTwoThatWantANameOneGetsIt() throws Exception {
    List<Path> containers = List.of(make("a"), make("b"));
    for (int round = 0; round < 3; round++) {
      List<Callable<CommandRun.Result>> both = new ArrayList<>();
      containers.forEach(each -> both.add(() -> map(each)));
      int mapped = 0;
      for (Future<CommandRun.Result> each : threads.invokeAll(both)) {
        CommandRun.Result result = each.get();
        mapped += result.status() == 0 ? 1 : 0;
        assertTrue(
            result.status() == 0 || result.err().equals("tcplay: vol: is mapped already\n"),
            result::err);
      }
      assertEquals(1, mapped);
      assertEquals(0, tcplay("unmap", "vol").run().status());
    }
  }

  @Test
  void theNameIsFreeWhenUnmapReturns() throws Exception {
    Path container = make("c");
    RunFolder sockets = new RunFolder(folder.resolve("tcplay"));
    for (int round = 0; round < 3; round++) {
      assertEquals(0, map(container).status());
      ControlClient.ask(sockets.find("vol").orElseThrow(), "vol", ControlServer.CUT_OFF);
      assertFalse(Files.exists(sockets.control("vol")));
      sockets.claim("vol").close();
    }
  }

  /** Writes until the server refuses or is gone; returns what each block holds, 0 for unknown. */
  private int[] write(RawClient client) {
    int[] versions = new int[BLOCKS];
    int block = 0;
    try {
      for (int i = 0; ; i++) {
        block = i * 7 % BLOCKS;
        int version = 1 + i % 100;
        byte[] bytes = new byte[BLOCK];
        Arrays.fill(bytes, (byte) version);
        if (client.error(0, 1, (long) block * BLOCK, BLOCK, bytes) != 0) {
          return versions;
        }
        versions[block] = version;
      }
    } catch (IOException e) {
      // Nobody knows whether this one was written.
      versions[block] = 0;
      return versions;
    }
  }

  @Test
  void whatWasAnsweredBeforeUnmapIsInTheVolume() throws Exception {
    Path container = make("c");
    assertEquals(0, map(container).status());
    try (RawClient client = connect()) {
      Future<int[]> writer = threads.submit(() -> write(client));
      assertEquals(0, tcplay("unmap", "vol").run().status());
      int[] versions = writer.get();
      assertTrue(Arrays.stream(versions).anyMatch(each -> each > 0), "nothing was written");
      assertHolds(container, versions);
    }
  }

  @Test
  void sigtermWritesAllThoughAClientTakesNoAnswers() throws Exception {
    Path container = make("c");
    Path socket = folder.resolve("tcplay/vol.sock");
    int[] versions = new int[BLOCKS];
    Callable<RawClient> lazy =
        () -> {
          RawClient client = connect();
          versions[3] = 9;
          byte[] bytes = new byte[BLOCK];
          Arrays.fill(bytes, (byte) 9);
          assertEquals(0, client.error(0, 1, 3 * BLOCK, BLOCK, bytes));
          for (int i = 0; i < 64; i++) {
            client.request(0, 0, i, 0, 1 << 20);
          }
          return client;
        };
    List<RawClient> clients = new ArrayList<>();
    CommandRun.Result ended =
        tcplay("map", "--password", "x", "--pim", 1, "vol", container)
            .runUntil(
                () -> {
                  if (clients.isEmpty() && Files.exists(socket)) {
                    try {
                      clients.add(call(lazy));
                    } catch (ConnectException e) {
                      // Its name is there a moment before anybody listens.
                    }
                  }
                  return !clients.isEmpty();
                });
    assertEquals(143, ended.status(), ended::err);
    assertEquals("tcplay: interrupted; vol is unmapped\n", ended.err());
    assertFalse(Files.exists(socket));
    clients.get(0).close();
    assertHolds(container, versions);
  }

  private static RawClient call(Callable<RawClient> made) throws IOException {
    try {
      return made.call();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** As a mount is whose files programs have open. */
  @Test
  void whatIsInUseEndsByForceOnly() throws Exception {
    Claim claim = new RunFolder(folder.resolve("tcplay")).claim("vol");
    ControlServer control = new ControlServer(claim.control());
    control.start(Map::of, List::of);
    Future<Integer> refusals =
        threads.submit(
            () -> {
              int count = 0;
              for (EndWish wish = control.awaitWish(); wish.isPatient(); count++) {
                wish.refuse("in use");
                wish = control.awaitWish();
              }
              claim.close();
              control.ended(ControlServer.OK);
              return count;
            });
    CommandRun.Result refused = tcplay("unmap", "vol").run();
    assertEquals(ExitStatus.FAILED, refused.status());
    assertEquals("tcplay: vol: in use\n", refused.err());
    CommandRun.Result forced = tcplay("unmap", "--force", "vol").run();
    assertEquals(0, forced.status(), forced::err);
    assertEquals(1, refusals.get());
  }
}
