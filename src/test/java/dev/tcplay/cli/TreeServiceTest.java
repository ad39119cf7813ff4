package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.serve.TreeServer;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a process that serves a tree remembers and tells. */
@Timeout(60)
class TreeServiceTest {

  private static final Path DEMO = Path.of("samples", "demo.hc");

  /** A server that tells of its failure whoever waits for its end, as late as it can. */
  private static final class FailingServer implements TreeServer {

    private final CountDownLatch closed = new CountDownLatch(1);
    private final IOException failure = new IOException("could not be kept");

    @Override
    public List<String> addresses() {
      return List.of("here");
    }

    @Override
    public int clients() {
      return 0;
    }

    @Override
    public void awaitEnd() throws IOException, InterruptedException {
      closed.await();
      Thread.sleep(50);
      throw failure;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private static FileSystem volume() throws IOException {
    return Tcplay.open(DEMO).password("an open secret").pim(1).readOnly(true).mount();
  }

  @Test
  void whatOnlyTheOneWhoWaitsForTheEndIsToldIsNotLost() throws Exception {
    try (FileSystem volume = volume()) {
      TreeService service = new TreeService(DEMO, volume);
      FailingServer server = new FailingServer();
      service.add(TreePart.of("test", server));
      service.whenEnded(() -> {});
      assertSame(server.failure, assertThrows(IOException.class, service::close));
    }
  }

  @Test
  void credentialsAreToldOnce() throws Exception {
    try (FileSystem volume = volume()) {
      TreeService service = new TreeService(DEMO, volume);
      service.add(TreePart.of("test", new FailingServer(), "password: secret"));
      assertEquals(List.of("here", "password: secret"), service.announcement());
      assertEquals(List.of("here"), service.announcement());
      service.close();
    }
  }

  @Test
  void urlsOfOneSchemeSayOfWhichKindTheyAre() throws Exception {
    try (FileSystem volume = volume()) {
      TreeService service = new TreeService(DEMO, volume);
      Path root = volume.getPath("/");
      service.add(TreePart.of("test", new FailingServer()));
      service.add(TreeKind.WEBDAV.serve(root, true));
      assertTrue(service.announcement().get(1).startsWith("http://"));
      service.add(TreeKind.HTTP.serve(root, true));
      List<String> lines = service.announcement();
      assertEquals("here", lines.get(0));
      assertTrue(lines.get(1).startsWith("webdav: http://"), lines::toString);
      assertTrue(lines.get(2).startsWith("http: http://"), lines::toString);
      service.close();
    }
  }

  @Test
  void factsAreToldWhileTheVolumeCloses() throws Exception {
    FileSystem volume = volume();
    TreeService service = new TreeService(DEMO, volume);
    volume.close();
    assertEquals(true, service.facts().get("read-only"));
    service.close();
  }
}
