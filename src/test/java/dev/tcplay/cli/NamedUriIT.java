package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Containers by the names of a crypttab, in a process with the property. */
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
@Execution(ExecutionMode.CONCURRENT)
class NamedUriIT {

  @TempDir private Path folder;

  private Path container;
  private Path key;
  private Path table;
  private Path temporary;

  @BeforeEach
  void make() throws Exception {
    container = folder.resolve("c.hc");
    key = Files.writeString(folder.resolve("key"), "geheim\n");
    CommandRun.Result made =
        new CommandRun()
            .run("create", "--password", "geheim", "--pim", 1, "--size", "4M", container);
    assertEquals(0, made.status(), made::err);
    temporary = Files.createDirectory(folder.resolve("temporary"));
    table =
        Files.write(
            folder.resolve("tab"),
            List.of(
                "vol " + container + " " + key + " tcrypt-veracrypt,veracrypt-pim=1",
                "asked " + container + " - tcrypt-veracrypt,veracrypt-pim=1",
                "wrong " + container + " /dev/null tcrypt-veracrypt,veracrypt-pim=1",
                "luks /dev/sda1 - luks",
                "keyless " + container + " " + folder.resolve("no") + " tcrypt-veracrypt"));
  }

  private CommandRun.Result program(List<String> options, String... names) throws Exception {
    return JavaProcess.java("-cp", System.getProperty("java.class.path"))
        .arguments(options.toArray())
        .arguments(NamedUriProgram.class.getName())
        .arguments((Object[]) names)
        .run();
  }

  private List<String> properties() {
    return List.of(
        "-Dtcplay.crypttab=" + table,
        "-Dtcplay.crypttab.dialect=systemd",
        "-Djava.io.tmpdir=" + temporary);
  }

  @Test
  void anEntryIsOpenedOnceAndAgainAfterItWasClosedAndWrittenWhenTheProcessEnds() throws Exception {
    CommandRun.Result result = program(properties(), "vol");
    assertEquals("", result.err());
    assertEquals(
        List.of(
            "before: tcplay://vol/: not open",
            "threads found 1",
            "uri tcplay://vol/dir true",
            "url first",
            "loader null",
            "copy true jar_cache.tmp",
            "again true",
            "open true",
            "reopened first false"),
        result.lines());
    for (String file : List.of("last", "a!b")) {
      CommandRun.Result read =
          new CommandRun()
              .run("cat", "--password", "geheim", "--pim", 1, container, "/dir/" + file);
      assertEquals(file.equals("last") ? "last" : "first", read.out(), read::err);
    }
  }

  @Test
  void whatCannotBeOpenedWithoutAskingIsNotFoundAndTheReasonSaid() throws Exception {
    List<String> lines =
        program(properties(), "asked", "wrong", "luks", "gone", "keyless").lines().stream()
            .filter(line -> line.startsWith("refused: "))
            .toList();
    assertEquals(5, lines.size(), lines::toString);
    assertTrue(
        lines
            .get(0)
            .endsWith(
                "a URI asks nobody: "
                    + table
                    + ":2 names no file of the passphrase, no KeyProvider knows the container,"
                    + " neither the variable TCPLAY_PASSWORD_FILE nor the property"
                    + " tcplay.passwordFile names a file"),
        lines::toString);
    assertTrue(lines.get(1).startsWith("refused: tcplay://wrong/: "), lines::toString);
    assertTrue(lines.get(2).endsWith(table + ":4: luks is skipped: LUKS"), lines::toString);
    assertTrue(lines.get(3).endsWith("has no entry of this name"), lines::toString);
    assertEquals(
        "refused: tcplay://keyless/: " + folder.resolve("no") + ": no such file", lines.get(4));
  }

  @Test
  void aPassphraseThatTheTableLacksComesFromTheFileThatThePropertyNames() throws Exception {
    Path keyfile = Files.writeString(folder.resolve("keyfile"), "bytes");
    CommandRun.Result changed =
        new CommandRun()
            .run("passwd", "--password-file", key, "--pim", 1, "--new-keyfile", keyfile, container);
    assertEquals(0, changed.status(), changed::err);
    Files.writeString(
        table,
        "mixed " + container + " - tcrypt-veracrypt,veracrypt-pim=1,tcrypt-keyfile=" + keyfile);
    List<String> options = new ArrayList<>(properties());
    options.add("-Dtcplay.passwordFile=" + key);
    CommandRun.Result result = program(options, "mixed");
    assertEquals("", result.err());
    assertTrue(result.lines().contains("reopened first false"), result::out);
  }

  @Test
  void noNameIsKnownWithoutBothProperties() throws Exception {
    List<String> none = program(List.of(), "vol").lines();
    assertEquals(
        "refused: tcplay://vol/: names are known only where the property tcplay.crypttab is set;"
            + " a path stands behind one slash or three: tcplay:/home/me/secret.hc",
        none.get(1));
    List<String> half = program(List.of("-Dtcplay.crypttab=" + table), "vol").lines();
    assertEquals(
        "refused: tcplay://vol/: the property tcplay.crypttab.dialect must be set, too:"
            + " dragonfly, debian or systemd",
        half.get(1));
  }
}
