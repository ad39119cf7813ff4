package dev.tcplay.serve.webdav;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.serve.web.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is in the making shows itself to no other client, at no moment. */
@Timeout(60)
class HiddenFilesTest extends ServedVolume {

  private static final int ROUNDS = 25;

  @Test
  void newFilesAreSeenUnderTheirOwnNamesAlone() throws Exception {
    client.ask("MKCOL", "dir");
    assertNothingStrange(
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            assertEquals(201, put("dir/" + i % 3, "x").status());
            assertEquals(204, client.ask("DELETE", "dir/" + i % 3).status());
          }
          return null;
        });
  }

  @Test
  void uploadsStayHiddenInADirectoryThatIsMoved() throws Exception {
    client.ask("MKCOL", "dir");
    client.ask("MKCOL", "dir/inner");
    put("dir/inner/file", "x");
    assertNothingStrange(
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            // A directory that is moved away takes the upload with it.
            int status = put("dir/inner/file", "x").status();
            assertTrue(List.of(204, 404, 409).contains(status), "PUT " + status);
          }
          return null;
        },
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            assertEquals(201, client.ask("MOVE", "dir/inner", to("dir/other")).status());
            assertEquals(201, client.ask("MOVE", "dir/other", to("dir/inner")).status());
          }
          return null;
        });
  }

  /** Looks at the directory {@code dir}, and at copies of it, while others work. */
  @SafeVarargs
  private void assertNothingStrange(Callable<Void>... work) throws Exception {
    List<String> strange = new ArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Void>> others = new ArrayList<>();
      for (Callable<Void> each : work) {
        others.add(threads.submit(each));
      }
      while (!others.stream().allMatch(Future::isDone)) {
        for (String place : List.of("dir/", "dir/inner/", "dir/other/")) {
          RawHttp.Answer listing = client.ask("GET", place);
          if (listing.text().contains(".tmp")) {
            strange.add(listing.text());
          }
        }
        int status = client.ask("COPY", "dir", to("copy")).status();
        assertTrue(status == 201 || status == 204, "COPY " + status);
        strange.addAll(temporary("copy"));
      }
      for (Future<Void> other : others) {
        other.get();
      }
    } finally {
      threads.shutdownNow();
    }
    strange.addAll(temporary("dir"));
    assertEquals(List.of(), strange);
  }

  private List<String> temporary(String directory) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(directory))) {
      return files.map(Path::toString).filter(name -> name.contains(".tmp")).toList();
    }
  }
}
