package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
