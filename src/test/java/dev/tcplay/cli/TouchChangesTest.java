package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What touch makes, and the times that it takes. */
class TouchChangesTest extends CaselessVolume {

  @Test
  void touchMakesFilesAndSetsTimes() throws IOException {
    file("/old", "kept");
    Files.createDirectory(volume.getPath("/d"));
    change(TouchCommand::new, "--time", "2024-05-06T07:08:10Z", "old", "new", "d", "no/where");
    assertEquals("/no/where: no such file", said);
    for (String name : List.of("/old", "/new", "/d")) {
      assertEquals(
          FileTime.from(Instant.parse("2024-05-06T07:08:10Z")),
          Files.getLastModifiedTime(volume.getPath(name)));
    }
    assertEquals("{/d=/, /new=, /old=kept}", tree().toString());
    change(TouchCommand::new, "old");
    Instant now = Files.getLastModifiedTime(volume.getPath("/old")).toInstant();
    assertTrue(now.isAfter(Instant.parse("2025-01-01T00:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-05-06, 2024-05-05T22:00:00Z",
    "2024-05-06T07:08, 2024-05-06T05:08:00Z",
    "2024-05-06T07:08:09, 2024-05-06T05:08:09Z",
    "2024-05-06T07:08:09.5Z, 2024-05-06T07:08:09.5Z",
    "2024-05-06T07:08:09-03:00, 2024-05-06T10:08:09Z",
    "2024-05-06T07:08:09+09:00[Asia/Tokyo], 2024-05-05T22:08:09Z"
  })
  void timesAreLocalUnlessTheySayOtherwise(String text, Instant expected) {
    assertEquals(expected, TouchCommand.parse(text, ZoneId.of("Europe/Berlin")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "2024-13-01", "07:08", "2024-05-06 07:08", ""})
  void timesOfOtherShapesAreMisuse(String text) {
    CommandRun.Result result = new CommandRun().run("touch", "--time", text, "container", "a");
    assertEquals(2, result.status(), result::err);
    assertTrue(result.err().contains("--time"), result::err);
  }
}
