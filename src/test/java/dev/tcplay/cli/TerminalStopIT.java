package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Ctrl-C on a real terminal. */
@EnabledOnOs(OS.LINUX)
class TerminalStopIT {

  @Test
  void aQuestionIsLeftAndTheStopStandsOnALineOfItsOwn() throws Exception {
    assumeTrue(Signals.takeInterrupts(), "SIGINT is ignored here, as in the background of a shell");
    Pty.Result result = Pty.run(Pty.tcplay() + " ls " + Demo.CONTAINER, "Password for", Pty.CTRL_C);
    assertEquals(130, result.status(), result::shown);
    assertEquals(
        "Password for " + Demo.CONTAINER + ": \r\ntcplay: interrupted\r\n", result.shown());
  }
}
