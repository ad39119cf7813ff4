package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.MissingCredentialsException;
import dev.tcplay.model.NotAContainerException;
import dev.tcplay.model.WrongPasswordException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void whatTheExceptionClassMeansIsSaid() {
    assertEquals("/a: no such file", Failures.message(new NoSuchFileException("/a")));
    assertEquals("/a: exists already", Failures.message(new FileAlreadyExistsException("/a")));
    assertEquals("/a: access denied", Failures.message(new AccessDeniedException("/a")));
    assertEquals("/a: not a directory", Failures.message(new NotDirectoryException("/a")));
    assertEquals("unexpected end", Failures.message(new EOFException()));
  }

  @Test
  void aReasonGoesBeforeTheClass() {
    assertEquals("/a: why", Failures.message(new NoSuchFileException("/a", null, "why")));
    assertEquals("/a -> /b: why", Failures.message(new FileSystemException("/a", "/b", "why")));
    assertEquals("why", Failures.message(new FileSystemException(null, null, "why")));
    assertEquals("no space", Failures.message(new IOException("no space")));
  }

  @Test
  void whatShouldNotHappenIsCalledAnInternalError() {
    assertEquals(
        "internal error: IllegalStateException: odd",
        Failures.message(new IllegalStateException("odd")));
  }

  @Test
  void exitStatusTellsWrongPasswordMisuseAndFailureApart() {
    assertEquals(1, ExitStatus.of(new WrongPasswordException("c", "all")));
    assertEquals(1, ExitStatus.of(new NotAContainerException("c", "too short")));
    assertEquals(2, ExitStatus.of(new MissingCredentialsException("c", "nowhere")));
    assertEquals(3, ExitStatus.of(new CorruptHeaderException("c", "size")));
    assertEquals(3, ExitStatus.of(new NoSuchFileException("c")));
    assertEquals(3, ExitStatus.of(new IllegalStateException("odd")));
  }
}
