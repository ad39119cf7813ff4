package dev.tcplay.serve.webdav;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.serve.web.HttpFailure;
import dev.tcplay.serve.web.Tree;
import dev.tcplay.serve.web.WebServer;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a copy of a tree when its server ends. */
@Timeout(60)
class TreeWorkTest {

  /** Only a server makes a tree. */
  private static final class Server extends WebServer {

    Server(Path root, AtomicReference<Tree> tree) throws IOException {
      super(
          WebdavServer.of(root),
          made -> {
            tree.set(made);
            return new WebdavHandler(made, false);
          });
    }
  }

  @Test
  void aFullVolumeIsTheEndHoweverManyFilesFailedBefore() {
    Failures failures = new Failures();
    for (int i = 0; i < 2000; i++) {
      failures.add(Path.of("unreadable " + i), new AccessDeniedException(""));
    }
    assertFalse(failures.areFinal());
    failures.add(Path.of("last"), new HttpFailure(507, "No space"));
    assertTrue(failures.areFinal());
  }

  @Test
  void aCopyIsGivenUpAndRemovedWhenTheServerEnds() throws IOException {
    AtomicReference<Tree> tree = new AtomicReference<>();
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      Path top = Files.createDirectories(memory.getPath("/top"));
      Path from = Files.createDirectories(top.resolve("from/inner")).getParent();
      for (int i = 0; i < 10; i++) {
        Files.writeString(from.resolve("inner/" + i), "text");
        Files.writeString(from.resolve("z" + i), "text");
      }
      try (Server server = new Server(top, tree)) {
        assertEquals(0, server.clients());
        Failures failures = new Failures();
        TreeWork work = new TreeWork(tree.get(), failures);
        Path copy = tree.get().hidden().beside(top.resolve("to"));
        AtomicInteger files = new AtomicInteger();
        work.copy(tree.get().find(from), copy, true, () -> files.incrementAndGet() > 5);
        assertTrue(failures.areFinal());
        assertEquals(6, files.get(), "nothing is begun after the end");
        work.removeHidden(copy);
      }
      try (Stream<Path> entries = Files.list(top)) {
        assertEquals(1, entries.count());
      }
    }
  }
}
