package dev.tcplay.serve.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that clients have open. */
class OpenFileTest {

  private static final int CLIENTS = 4;
  private static final int LINES = 500;

  @TempDir private Path folder;

  @Test
  void nothingIsLostWhereSeveralAppend() throws Exception {
    Path log = Files.createFile(folder.resolve("log"));
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        byte[] line = ("client " + i + "\n").getBytes(StandardCharsets.UTF_8);
        all.add(
            threads.submit(
                () -> {
                  try (OpenFile file = OpenFile.open(log, Set.of(StandardOpenOption.WRITE), true)) {
                    for (int n = 0; n < LINES; n++) {
                      file.write(ByteBuffer.wrap(line), 0);
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    List<String> lines = Files.readAllLines(log);
    for (int i = 0; i < CLIENTS; i++) {
      String wanted = "client " + i;
      assertEquals(LINES, lines.stream().filter(wanted::equals).count(), wanted);
    }
  }
}
