package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The containers of a crypttab in processes of their own, as a user has them. */
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
@Execution(ExecutionMode.CONCURRENT)
class CryptdisksIT {

  /** Short, since the address of a socket is. */
  @TempDir private Path folder;

  private Path table;

  @BeforeEach
  void prepare() {
    table = folder.resolve("tab");
  }

  @AfterEach
  void unmapAll() throws Exception {
    tcplay("unmap", "--all").run();
  }

  private JavaProcess tcplay(Object... arguments) {
    return JavaProcess.main("-XX:TieredStopAtLevel=1")
        .arguments(arguments)
        .environment("XDG_RUNTIME_DIR", folder);
  }

  private CommandRun.Result cryptdisks(String dialect, String command, Object... more)
      throws Exception {
    return tcplay("cryptdisks", command, "--dialect", dialect, "--crypttab", table)
        .arguments(more)
        .run();
  }

  private Path container(String name, Object... options) {
    Path file = folder.resolve(name + ".hc");
    List<Object> arguments = new ArrayList<>(List.of("create", "--size", "1M", "--quick"));
    arguments.addAll(List.of(options));
    arguments.add(file);
    CommandRun.Result made = new CommandRun().run(arguments.toArray());
    assertEquals(0, made.status(), made::err);
    return file;
  }

  /** One whose keys cost little without a PIM. */
  private Path trueCrypt(String name, Object... options) {
    List<Object> arguments = new ArrayList<>(List.of("--format", "TrueCrypt"));
    arguments.addAll(List.of(options));
    return container(name, arguments.toArray());
  }

  private Path file(String name, String content) throws Exception {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void startServesAllEntriesStatusTellsThemAndStopEndsThem() throws Exception {
    Path one = container("one", "--password", "geheim", "--pim", 1);
    Path two = container("two", "--password", "", "--keyfile", file("k", "key"), "--pim", 1);
    String common = " tcrypt-veracrypt,veracrypt-pim=1";
    Files.write(
        table,
        List.of(
            "# comment",
            "one " + one + " " + file("p", "geheim\nmore") + common + ",read-only",
            "luks /dev/sda1 - luks,discard",
            "two " + two + " /dev/null" + common + ",tcrypt-keyfile=" + folder.resolve("k"),
            "later " + one + " - tcrypt,noauto"));
    CommandRun.Result started = cryptdisks("systemd", "start");
    assertEquals("tcplay: " + table + ":3: luks is skipped: LUKS\n", started.err());
    assertEquals(0, started.status());
    assertEquals(2, started.lines().size(), started::out);
    assertTrue(started.lines().get(1).startsWith("nbd+unix:///two?socket="), started::out);
    assertEquals(
        List.of(
            "one: " + one + ": mapped",
            "two: " + two + ": mapped",
            "later: " + one + ": not mapped"),
        cryptdisks("systemd", "status").lines());
    String facts = cryptdisks("systemd", "status", "one").out();
    assertTrue(facts.contains("read-only: true\n"), facts);
    assertEquals(0, cryptdisks("systemd", "stop").status());
    assertEquals("", tcplay("list").run().out());
    assertEquals(3, cryptdisks("systemd", "status", "one").status());
  }

  @Test
  void debiansEntriesOpenAndAWrongPassphraseEndsItsEntryOnly() throws Exception {
    Path made = trueCrypt("c", "--password", "geheim");
    Files.write(table, List.of("c " + made + " " + file("p", "geheim") + " tcrypt,readonly"));
    CommandRun.Result started = cryptdisks("debian", "start", "c");
    assertEquals("", started.err());
    assertEquals(0, started.status());
    Path other = container("other", "--password", "geheim", "--pim", 1);
    String options = " tcrypt-veracrypt,veracrypt-pim=1,read-only,headless";
    Files.write(
        table,
        List.of(
            "bad " + other + " " + file("wrong", "other") + options,
            "good " + other + " " + folder.resolve("p") + options));
    CommandRun.Result half = cryptdisks("systemd", "start");
    assertEquals(1, half.status());
    assertTrue(half.err().startsWith("tcplay: " + table + ":1: bad: "), half::err);
    assertEquals("c: " + made + "\ngood: " + other + "\n", tcplay("list").run().out());
  }

  @Test
  void dragonFlyHasKeyfilesAndProgramsThatMustBeAllowed() throws Exception {
    Path keyed = trueCrypt("keyed", "--password", "", "--keyfile", file("k", "key"));
    Path scripted = trueCrypt("scripted", "--password", "geheim");
    Files.write(
        table,
        List.of(
            "keyed " + keyed + " " + folder.resolve("k"),
            "scripted " + scripted + " none \"keyscript=echo geheim\""));
    CommandRun.Result refused = cryptdisks("dragonfly", "start", "scripted");
    assertEquals(3, refused.status());
    assertTrue(refused.err().contains("--allow-keyscript"), refused::err);
    CommandRun.Result started = cryptdisks("dragonfly", "start", "--allow-keyscript");
    assertEquals("", started.err());
    assertEquals(0, started.status());
    assertEquals(2, tcplay("list").run().lines().size());
    CommandRun.Result again = cryptdisks("dragonfly", "start", "keyed");
    assertEquals("tcplay: " + table + ":1: keyed: is mapped already\n", again.err());
    assertEquals(0, again.status());
    assertEquals(0, cryptdisks("dragonfly", "stop", "keyed").status());
    assertEquals("scripted: " + scripted + "\n", tcplay("list").run().out());
  }

  @Test
  void whereNobodyIsThereToAskItIsSaid() throws Exception {
    Path made = container("c", "--password", "geheim", "--pim", 1);
    Files.write(table, List.of("c " + made + " none tcrypt"));
    CommandRun.Result result = cryptdisks("debian", "start");
    assertEquals(2, result.status());
    assertTrue(result.err().contains("there is nobody to ask for the passphrase"), result::err);
    Files.write(table, List.of("c " + made + " none tcrypt,whatever"));
    CommandRun.Result unknown = cryptdisks("debian", "start");
    assertEquals("tcplay: " + table + ":1: unknown option whatever\n", unknown.err());
    assertEquals(3, unknown.status());
  }
}
