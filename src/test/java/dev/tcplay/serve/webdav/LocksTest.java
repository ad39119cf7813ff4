package dev.tcplay.serve.webdav;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.serve.web.RawHttp;
import dev.tcplay.testing.OwnThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Locks, and whom they keep out. */
@Timeout(60)
class LocksTest extends ServedVolume {

  @Test
  void aLinkInALockedDirectoryIsReplacedByItsOwnerAlone() throws IOException {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      Path top = Files.createDirectory(memory.getPath("/top"));
      Files.createDirectory(top.resolve("locked"));
      Files.writeString(top.resolve("file"), "file");
      Files.writeString(top.resolve("other"), "other");
      Files.createSymbolicLink(top.resolve("locked/link"), top.resolve("file"));
      try (WebdavServer linked = WebdavServer.of(top).start()) {
        client = new RawHttp(linked);
        String token = lock("locked", "infinity", "exclusive");
        for (String method : List.of("COPY", "MOVE")) {
          assertEquals(423, client.ask(method, "other", to("locked/link")).status());
        }
        String field = "If: <" + client.root() + "locked> (<" + token + ">)";
        assertEquals(204, client.ask("COPY", "other", to("locked/link"), field).status());
        assertEquals("other", Files.readString(top.resolve("locked/link")));
        assertEquals("file", Files.readString(top.resolve("file")));
      }
    }
  }

  @Test
  void aLockKeepsOthersOut() throws IOException {
    put("a.txt", "x");
    String token = lock("a.txt", "0", "exclusive");
    for (String name : List.of("a.txt", "A.TXT")) {
      assertEquals(423, put(name, "y").status());
      assertEquals(423, client.ask("DELETE", name).status());
      assertEquals(423, client.ask("MOVE", name, to("b.txt")).status());
      assertEquals(423, patch(name, "<x xmlns='urn:x'>1</x>").status());
      assertEquals(423, askForLock(name, "0", "shared").status());
      assertEquals(200, client.ask("GET", name).status());
    }
    put("c.txt", "z");
    RawHttp.Answer onto = client.ask("COPY", "c.txt", to("A.txt"));
    assertEquals(423, onto.status());
    assertTrue(onto.text().contains("<D:lock-token-submitted><D:href>"), onto.text());
    assertEquals(204, put("a.txt", "y", "If: (<" + token + ">)").status());
    assertEquals(412, put("a.txt", "y", "If: (<urn:uuid:other>)").status());
    assertEquals(409, client.ask("UNLOCK", "a.txt", "Lock-Token: <urn:uuid:other>").status());
    assertEquals(204, client.ask("UNLOCK", "A.txt", "Lock-Token: <" + token + ">").status());
    assertEquals(204, put("a.txt", "z").status());
  }

  @Test
  void aLockThatIsGivenDuringACopyHolds() throws Exception {
    for (String directory : List.of("from", "to")) {
      client.ask("MKCOL", directory);
      for (int i = 0; i < 200; i++) {
        Files.writeString(root.resolve(directory + "/" + i), directory);
      }
    }
    CompletableFuture<Integer> copy =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return client.ask("COPY", "from", to("to")).status();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            OwnThread::run);
    // What is copied, or what is replaced, stands beside it then.
    while (!copy.isDone() && names().stream().noneMatch(name -> name.endsWith(".tmp"))) {
      Thread.onSpinWait();
    }
    while (askForLock("to/0", "0", "exclusive").status() == 409) {
      Thread.onSpinWait();
    }
    int status = copy.get();
    assertEquals(423, put("to/0", "x").status());
    String expected = status == 423 ? "to" : "from";
    assertEquals(expected, Files.readString(root.resolve("to/199")), "COPY " + status);
  }

  @Test
  void aLockOfADirectoryHoldsForItsNamesOrAllInIt() throws IOException {
    Files.createDirectories(root.resolve("dir/inner"));
    put("dir/a", "x");
    String token = lock("dir", "0", "exclusive");
    assertEquals(423, put("dir/new", "x").status());
    assertEquals(423, client.ask("DELETE", "dir/a").status());
    assertEquals(423, client.ask("MOVE", "dir/a", to("b")).status());
    assertEquals(423, client.ask("MKCOL", "dir/more").status());
    assertEquals(204, put("dir/a", "y").status());
    assertEquals(201, put("dir/inner/b", "y").status());
    assertEquals(204, client.ask("UNLOCK", "dir", "Lock-Token: <" + token + ">").status());
    String whole = lock("", "infinity", "exclusive");
    assertEquals(423, put("dir/inner/b", "z").status());
    assertEquals(423, put("new", "z").status());
    assertEquals(423, askForLock("dir/a", "0", "exclusive").status());
    assertEquals(
        204, put("dir/inner/b", "z", "If: <" + client.root() + "> (<" + whole + ">)").status());
    assertEquals(204, client.ask("UNLOCK", "", "Lock-Token: <" + whole + ">").status());
    String inside = lock("dir/inner/b", "0", "shared");
    assertEquals(423, client.ask("DELETE", "dir").status());
    assertEquals(423, client.ask("MOVE", "dir", to("moved")).status());
    assertTrue(Files.exists(root.resolve("dir/inner/b")));
    String field = "If: <" + client.root() + "dir/inner/b> (<" + inside + ">)";
    assertEquals(204, client.ask("DELETE", "dir", field).status());
    assertEquals(201, put("dir", "x").status());
  }

  @Test
  void ofADeletionThatFailsInPartTheLocksOfWhatIsGoneEnd() throws IOException {
    Files.createDirectory(root.resolve("dir"));
    put("dir/gone", "x");
    put("dir/stays", "x");
    String gone = lock("dir/gone", "0", "exclusive");
    String stays = lock("dir/stays", "0", "exclusive");
    patch("dir/gone", "<x xmlns='urn:x'>old</x>");
    Files.setAttribute(root.resolve("dir/stays"), "dos:readonly", true);
    String field =
        "If: <"
            + client.root()
            + "dir/gone> (<"
            + gone
            + ">) <"
            + client.root()
            + "dir/stays> (<"
            + stays
            + ">)";
    assertEquals(207, client.ask("DELETE", "dir", field).status());
    assertEquals(201, put("dir/gone", "new").status());
    String found = find("dir/gone", "0", "<D:allprop/>").text();
    assertFalse(found.contains("old") || found.contains(gone), found);
    Files.setAttribute(root.resolve("dir/stays"), "dos:readonly", false);
    assertEquals(423, put("dir/stays", "y").status());
  }

  @Test
  void locksAreSharedRefreshedAndEnd() throws Exception {
    String first = lock("new.txt", "0", "shared");
    assertEquals(0, size("new.txt"));
    String second = lock("new.txt", "0", "shared");
    assertEquals(423, askForLock("new.txt", "0", "exclusive").status());
    assertEquals(204, put("new.txt", "x", "If: (<" + second + ">)").status());
    String properties = find("new.txt", "0", "<D:prop><D:lockdiscovery/></D:prop>").text();
    assertTrue(properties.contains(first) && properties.contains(second), properties);
    RawHttp.Answer refreshed =
        client.ask("LOCK", "new.txt", "If: (<" + first + ">)", "Timeout: Second-2, Infinite");
    assertEquals(200, refreshed.status());
    assertTrue(refreshed.text().matches("(?s).*Second-[12]<.*"), refreshed.text());
    assertEquals(412, client.ask("LOCK", "new.txt", "If: (<urn:x>)").status());
    assertEquals(412, client.ask("LOCK", "new.txt").status());
    assertEquals(204, client.ask("UNLOCK", "new.txt", "Lock-Token: <" + second + ">").status());
    for (int i = 0; i < 100 && put("new.txt", "y").status() == 423; i++) {
      Thread.sleep(50);
    }
    assertEquals(204, put("new.txt", "z").status());
    assertEquals(400, client.ask("UNLOCK", "new.txt").status());
    assertEquals(400, askForLock("new.txt", "1", "shared").status());
    assertEquals(409, askForLock("none/new", "0", "shared").status());
  }
}
