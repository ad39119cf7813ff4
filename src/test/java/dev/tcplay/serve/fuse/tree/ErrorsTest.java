package dev.tcplay.serve.fuse.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

/** What the kernel is told of exceptions that have no class of their own. */
class ErrorsTest {

  @Test
  void theReasonCountsAndNotTheNameOfTheFile() {
    assertEquals(ErrorNumber.EIO, Errors.of(new FileSystemException("/no space, read-only, busy")));
    assertEquals(ErrorNumber.EIO, Errors.of(new FileSystemException("/quota", null, "damaged")));
    assertEquals(
        ErrorNumber.ENOSPC,
        Errors.of(new FileSystemException("/quota", null, "No space left on device")));
    assertEquals(ErrorNumber.ENOSPC, Errors.of(new IOException("the volume is full")));
  }
}
