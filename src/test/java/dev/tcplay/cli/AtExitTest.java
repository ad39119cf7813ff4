package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, since the commands of other tests would be ended, too. */
@Isolated
class AtExitTest {

  @TempDir private Path folder;

  @Test
  void unfinishedFilesAreDeletedBeforeTheirVolumeIsClosed() throws IOException {
    Path unfinished = Files.createFile(folder.resolve("unfinished"));
    Path finished = Files.createFile(folder.resolve("finished"));
    List<String> seen = new ArrayList<>();
    AtExit.Guard file = AtExit.delete(unfinished);
    AtExit.Guard volume =
        AtExit.close(() -> seen.add(Files.exists(unfinished) + " " + Files.exists(finished)));
    AtExit.delete(finished).release();
    AtExit.close(() -> seen.add("released")).release();
    AtExit.run();
    file.close();
    volume.close();
    AtExit.run();
    assertEquals(List.of("false true"), seen);
  }

  @Test
  void workThatUndoesItselfIsInterruptedAndWaitedFor() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean undone = new AtomicBoolean();
    Thread worker =
        new Thread(
            () -> {
              AtExit.Guard guard = AtExit.interruptThisThread();
              try (guard) {
                begun.countDown();
                try {
                  new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                  undone.set(true);
                }
              }
            });
    worker.start();
    begun.await();
    AtExit.run();
    assertTrue(undone.get());
  }
}
