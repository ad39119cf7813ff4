package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.OpenContainer;
import dev.tcplay.Tcplay;
import dev.tcplay.crypttab.Crypttab;
import dev.tcplay.crypttab.Dialect;
import dev.tcplay.crypttab.Entry;
import dev.tcplay.model.WrongPasswordException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class EntryOpeningTest {

  @TempDir private Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> questions = new ArrayList<>();
  private Path container;

  @BeforeEach
  void make() throws Exception {
    container = folder.resolve("c.hc");
    Tcplay.create(container).password("geheim").pim(1).size(1 << 20).filesystem("raw").create();
  }

  private Entry entry(String key, String options) throws Exception {
    Path table = folder.resolve("tab");
    Files.writeString(
        table, "vol %s %s tcrypt-veracrypt,veracrypt-pim=1,%s".formatted(container, key, options));
    return Crypttab.read(table, Dialect.of("systemd")).entries().get(0);
  }

  /** Answers in this order, then with nothing. */
  private Terminal answering(String... answers) {
    return terminal(
        question -> {
          questions.add(question);
          return questions.size() > answers.length
              ? null
              : answers[questions.size() - 1].toCharArray();
        });
  }

  private Terminal terminal(PasswordPrompt prompt) {
    return new Terminal(
        new ByteArrayInputStream(new byte[0]),
        new Output(new ByteArrayOutputStream()),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        prompt,
        null);
  }

  @Test
  void aWrongFileIsFollowedByQuestionsUntilAnAnswerOpens() throws Exception {
    Path wrong = Files.writeString(folder.resolve("wrong"), "other\n");
    EntryOpening opening =
        new EntryOpening(entry(wrong.toString(), "tries=2"), answering("no", "geheim"), false);
    try (OpenContainer open = opening.open()) {
      assertEquals(2, questions.size());
      assertEquals("Passphrase for vol (" + container + ")", questions.get(0));
      assertEquals(1, err.toString(StandardCharsets.UTF_8).lines().count());
      assertEquals((1 << 20) - (256 << 10), open.device().size());
    }
  }

  @Test
  void afterTheLastTryNobodyIsAskedAndZeroIsNoLimit() throws Exception {
    Terminal two = answering("1", "2", "3", "4", "geheim");
    EntryOpening limited = new EntryOpening(entry("-", "tries=2"), two, false);
    assertThrows(WrongPasswordException.class, limited::open);
    assertEquals(2, questions.size());
    new EntryOpening(entry("-", "tries=0"), two, false).open().close();
    assertEquals(5, questions.size());
  }

  @Test
  void whoAnswersTooLateIsNotAskedAgain() {
    CountDownLatch never = new CountDownLatch(1);
    TimedPrompt prompt =
        new TimedPrompt(
            terminal(
                question -> {
                  questions.add(question);
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return null;
                }));
    assertNull(prompt.within(Duration.ofMillis(50)).prompt().ask("first"));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("timeout=: nobody has answered"));
    assertNull(prompt.within(Duration.ZERO).prompt().ask("second"));
    assertEquals(List.of("first"), questions);
    never.countDown();
  }

  @Test
  void anAnswerInTimeIsTaken() {
    TimedPrompt prompt = new TimedPrompt(answering("geheim"));
    char[] typed = prompt.within(Duration.ofMinutes(1)).prompt().ask("question");
    assertEquals("geheim", new String(typed == null ? new char[0] : typed));
  }
}
