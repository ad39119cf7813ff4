package dev.tcplay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the command tells of itself. */
class HelpTest {

  /** Returns every command as it is called, by the whole model. */
  static Stream<String> commands() {
    return calls(TcplayCommand.create(Terminal.system()));
  }

  private static Stream<String> calls(CommandLine line) {
    return Stream.concat(
        Stream.of(line.getCommandSpec().qualifiedName()),
        line.getSubcommands().values().stream().flatMap(HelpTest::calls));
  }

  private static String help(String call) {
    Object[] words = (call + " --help").split(" ");
    return new CommandRun().run(List.of(words).subList(1, words.length).toArray()).out();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandShowsExamplesThatItUnderstands(String call) {
    List<String> examples =
        help(call)
            .lines()
            .dropWhile(line -> !line.equals("Examples:"))
            .filter(line -> line.contains("tcplay "))
            .map(line -> line.replaceFirst(".*?tcplay ", "").replaceFirst(" *(\\)|\\||>|&&).*", ""))
            .toList();
    assertFalse(examples.isEmpty(), call);
    for (String example : examples) {
      String[] words = PasswordCommand.words(example).toArray(String[]::new);
      assertDoesNotThrow(
          () -> TcplayCommand.create(Terminal.system(), words).parseArgs(words), example);
      String command = call.replaceFirst("^tcplay ?", "");
      assertTrue(example.startsWith(command), () -> example + " under " + call);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tcplay", "tcplay ls", "tcplay header", "tcplay header restore", "tcplay help"})
  void helpOfACommandIsWhatItsOptionPrints(String call) {
    Object[] words = call.replaceFirst("tcplay", "help").split(" ");
    CommandRun.Result result = new CommandRun().run(words);
    assertEquals("", result.err());
    assertEquals(0, result.status());
    assertEquals(help(call), result.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "ls --help", "--version", "man", "completion fish"})
  void whatCannotBePrintedIsNoSuccess(String call) {
    for (boolean isRead : new boolean[] {true, false}) {
      IOException full = new IOException("the disk is full");
      OutputStream out =
          new OutputStream() {
            @Override
            public void write(int value) throws IOException {
              throw isRead ? full : new ClosedPipeException(full);
            }
          };
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      int status = new CommandRun().run(out, err, (Object[]) call.split(" "));
      assertEquals(isRead ? ExitStatus.FAILED : ExitStatus.CLOSED_PIPE, status);
      assertEquals(isRead ? "tcplay: the disk is full\n" : "", err.toString(UTF_8));
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void optionsOfOtherValuesHaveOtherLabels(String call) {
    // The script for bash and zsh keeps the values by their labels.
    CommandLine line = TcplayCommand.create(Terminal.system());
    for (String word : List.of(call.split(" ")).subList(1, call.split(" ").length)) {
      line = line.getSubcommands().get(word);
    }
    Map<String, List<String>> values = new HashMap<>();
    for (var option : line.getCommandSpec().options()) {
      if (option.completionCandidates() != null) {
        List<String> own = new ArrayList<>();
        option.completionCandidates().forEach(own::add);
        assertEquals(own, values.computeIfAbsent(option.paramLabel(), label -> own), call);
      }
    }
  }

  @Test
  void whoCannotBeAskedIsToldWhatGivesAPassword() {
    CommandRun.Result result = new CommandRun().run("ls", "samples/demo.hc");
    assertEquals(ExitStatus.USAGE, result.status());
    assertTrue(result.err().contains("; and there was nobody to ask: --password-file and"));
  }

  @Test
  void theStatusesAreListed() {
    assertTrue(help("tcplay check").contains("\nExit status:\n  0               all went well\n"));
    assertTrue(help("tcplay check").contains("\n  4               damage was found"));
    assertFalse(help("tcplay ls").contains("\n  4 "));
  }

  @ParameterizedTest
  @CsvSource({
    "lss,no such command; did you mean ls?",
    "headre,no such command; did you mean header?",
    "header bakcup x,no such command; did you mean backup?",
    "help nosuch,no such command: nosuch (",
    "find --password x README.md -x,unknown option -x",
    "help ls extra,too many arguments",
    "info --pim 5k x,Invalid value for option '--pim': expected a whole number",
    "info --pim 3000000000 x,Invalid value for option '--pim': the number is out of range",
    "create --size 0 --password x new.hc,size: a new container needs one of more than 0 bytes",
    "touch --time noon x y,--time must be as in 2024-05-06",
    "help verfiy,no such command: verfiy; did you mean verify?",
    "man header inof,no such command: inof; did you mean info?",
    "ls --passwort x y,unknown option --passwort; did you mean --password?",
    "put --notimes x y z,unknown option --notimes; did you mean --no-times?",
    "info --hash sha521 --password x README.md,hash: unknown hash 'sha521'; did you mean sha512?",
    "info --cipher ase --password x README.md,cipher: unknown cipher chain 'ase'; did you mean AES?"
  })
  void aMistypedWordIsRecognised(String call, String message) {
    CommandRun.Result result = new CommandRun().run((Object[]) call.split(" "));
    assertEquals(ExitStatus.USAGE, result.status(), result::err);
    assertTrue(result.err().startsWith("tcplay: " + message), result::err);
  }

  @ParameterizedTest
  @CsvSource({"samples/demo.hc/docs", "samples/demo.hc!/docs/about.md"})
  void aPathInTheContainerBehindItsOwnIsTold(String file) {
    CommandRun.Result result = new CommandRun().run("ls", "--password", "x", file);
    assertEquals(ExitStatus.FAILED, result.status(), result::err);
    assertTrue(result.err().contains("; samples/demo.hc is a file, and a path inside"));
  }
}
