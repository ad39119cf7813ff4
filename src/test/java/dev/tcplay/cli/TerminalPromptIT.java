package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command on a real terminal whose standard streams lead elsewhere. */
@EnabledOnOs(OS.LINUX)
class TerminalPromptIT {

  private static final String QUESTION = "Password for " + Demo.CONTAINER + ": ";
  private static final String CAT =
      Pty.tcplay() + " cat --pim 1 --hash sha512 " + Demo.CONTAINER + " hello.txt";

  @TempDir private Path folder;

  @Test
  void aPersonIsAskedWhereverStandardInputAndOutputLead() throws Exception {
    Path out = folder.resolve("out");
    Pty.Result result =
        Pty.run(
            CAT + " </dev/null >" + out + "; stty -a",
            QUESTION,
            "wrong\n",
            QUESTION,
            Demo.PASSWORD + "\n");
    assertEquals(Files.readString(Demo.TREE.resolve("hello.txt")), Files.readString(out));
    assertFalse(result.shown().contains(Demo.PASSWORD), result::shown);
    assertTrue(result.shown().contains("wrong password"), result::shown);
    assertTrue(result.shown().contains(" echo "), result::shown);
  }

  @Test
  void aStopLeavesTheTerminalAsItWas() throws Exception {
    assumeTrue(Signals.takeInterrupts(), "SIGINT is ignored here, as in the background of a shell");
    // The shell itself goes on.
    String command = "trap : INT; " + CAT + " >/dev/null; echo status $?; stty -a";
    Pty.Result result = Pty.run(command, QUESTION, Pty.CTRL_C);
    assertTrue(
        result.shown().startsWith(QUESTION + "\r\ntcplay: interrupted\r\nstatus 130\r\n"),
        result::shown);
    assertTrue(result.shown().contains(" echo "), result::shown);
  }

  @Test
  void theHelpHasColoursAndIsAsWideAsTheTerminal() throws Exception {
    String help = Pty.tcplay() + " label --help; ";
    Pty.Result coloured = Pty.run("stty cols 60; TERM=xterm NO_COLOR= " + help);
    assertTrue(coloured.shown().contains("\u001b["), coloured::shown);
    Pty.Result plain = Pty.run("stty cols 60; TERM=xterm NO_COLOR=1 " + help);
    assertFalse(plain.shown().contains("\u001b["), plain::shown);
    int longest = plain.shown().lines().mapToInt(String::length).max().orElseThrow();
    assertTrue(longest > 50 && longest <= 60, plain::shown);
  }

  @Test
  void nothingIsSaidWhenNobodyReadsTheOutput() throws Exception {
    CommandRun.Result status =
        JavaProcess.program("bash")
            .arguments(
                "-c",
                CAT + " --password-file " + Demo.PASSWORD_FILE + " | true; exit ${PIPESTATUS[0]}")
            .run();
    assertEquals(ExitStatus.CLOSED_PIPE, status.status());
    assertEquals("", status.err());
  }
}
