package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The sockets of mapped volumes, and who answers at them. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class RunFolderTest {

  @TempDir private Path parent;

  private RunFolder folder() {
    return new RunFolder(parent.resolve("tcplay"));
  }

  @Test
  void whatAKilledProcessHasLeftIsRemovedAndItsNameIsFree() throws Exception {
    RunFolder folder = folder();
    Claim killed = folder.claim("vol");
    killed.control().close();
    awaitRefusal(folder);
    assertTrue(Files.exists(folder.control("vol")));
    folder.claim("vol").close();
    assertFalse(Files.exists(folder.control("vol")));
  }

  /** A process that another test starts in this moment has the socket as well, for a moment. */
  private static void awaitRefusal(RunFolder folder) throws IOException {
    Optional<SocketChannel> accepted = folder.find("vol");
    while (accepted.isPresent()) {
      accepted.get().close();
      accepted = folder.find("vol");
    }
  }

  /** Its process may be alive: it is no reason to take its name, or the way to it. */
  @Test
  void aSocketThatCannotBeReachedIsLeftAlone() throws Exception {
    RunFolder folder = folder();
    folder.claim("other").close();
    Path loop = folder.control("vol");
    Files.createSymbolicLink(loop, loop);
    assertEquals(List.of("vol"), folder.names());
    assertTrue(Files.exists(loop, LinkOption.NOFOLLOW_LINKS));
    FileSystemException failure =
        assertThrows(FileSystemException.class, () -> folder.claim("vol"));
    assertEquals(loop.toString(), failure.getFile());
  }

  @Test
  void theFolderIsInTheRuntimeFolderElseInTheHomeThatTheVariableNames() throws Exception {
    Path known = Path.of("/passwd/home/.tcplay/run");
    assertEquals(Path.of("/run/me/tcplay"), place("/run/me", "/home/me"));
    for (String none : List.of("", "run")) {
      assertEquals(Path.of("/home/me/.tcplay/run"), place(none, "/home/me"));
      assertEquals(known, place(none, none));
    }
    assertEquals(known, RunPlace.of(Map.of(), "/passwd/home"));
  }

  private static Path place(String runtime, String home) throws Exception {
    return RunPlace.of(Map.of("XDG_RUNTIME_DIR", runtime, "HOME", home), "/passwd/home");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFolderThatIsNoPathInThisLocaleIsNamed() throws Exception {
    assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")));
    for (String command : List.of("list", "--help")) {
      CommandRun.Result result =
          JavaProcess.main("-XX:TieredStopAtLevel=1")
              .arguments(command)
              .environment("LC_ALL", "C")
              .environment("XDG_RUNTIME_DIR", "/run/é")
              .run();
      boolean list = command.equals("list");
      assertEquals(list ? 3 : 0, result.status(), result::err);
      assertEquals(list, result.err().startsWith("tcplay: XDG_RUNTIME_DIR: "), result::err);
    }
  }
}
