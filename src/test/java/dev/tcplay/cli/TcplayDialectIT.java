package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.testing.Judge;
import dev.tcplay.testing.LoopDevice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The invocations of the man page, by Debian's tcplay 1.1 and by ours on the same device: what they
 * print, their statuses, and each opens what the other has made. 1.1 reads all that a pipe holds at
 * once, so its answers come one after the other.
 */
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT)
class TcplayDialectIT {

  /** Both kinds of output, and the status. */
  private record Said(int status, String out, String err) {}

  private static final int SIZE = 2 << 20;
  private static final long PAUSE_MILLIS = 500;

  @TempDir private Path folder;

  private Path image() throws IOException {
    Path image = folder.resolve("secvol");
    return Files.write(image, new byte[SIZE]);
  }

  private static Said ours(List<String> answers, Object... arguments) {
    String in = String.join("", answers.stream().map(line -> line + "\n").toList());
    CommandRun.Result result = new CommandRun().in(in).run(arguments);
    return new Said(result.status(), result.out(), result.err());
  }

  private Said theirs(List<String> answers, Object... arguments) throws Exception {
    Path err = folder.resolve("err");
    List<String> command = new ArrayList<>(List.of("tcplay"));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().merge("PATH", "/usr/sbin", (path, more) -> path + ":" + more);
    command.set(0, Files.exists(Path.of("/usr/sbin/tcplay")) ? "/usr/sbin/tcplay" : "tcplay");
    Process process = builder.start();
    try (OutputStream in = process.getOutputStream()) {
      for (String answer : answers) {
        Thread.sleep(PAUSE_MILLIS);
        in.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
      }
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), out, Files.readString(err));
  }

  /** What 3.3, as ours, says otherwise than 1.1. */
  private static Said asVersion33(Said said, boolean erased) {
    String out = said.out().replace("headers to disk...\nAll", "headers to disk/file...\nAll");
    return new Said(
        said.status(),
        erased ? out : out.replaceAll(" - Completely erase .*\n", ""),
        said.err().replace("\0", "").replace("/usr/sbin/tcplay:", "tcplay:"));
  }

  private static void assumeTcplay() throws Exception {
    Judge.Verdict version = Judge.run("tcplay", "--version");
    assumeTrue(version.output().contains("v1.1"), "another tcplay: " + version.output());
  }

  private Said both(List<String> answers, Object... arguments) throws Exception {
    Said theirs = asVersion33(theirs(answers, arguments), !List.of(arguments).contains("-z"));
    assertEquals(theirs, ours(answers, arguments), String.join(" ", answers));
    return theirs;
  }

  @Test
  void invocationsOfTheManPagePrintTheSame() throws Exception {
    assumeTcplay();
    Path one = Files.writeString(folder.resolve("one.key"), "the first keyfile");
    Path two = Files.writeString(folder.resolve("two.key"), "the second keyfile");
    try (LoopDevice loop = LoopDevice.of(image())) {
      String device = "--device=" + loop.node();
      both(List.of("a", "b"), "-c", "-d", loop.node(), "-z");
      both(List.of("a", "a", "n"), "-c", "-d", loop.node());
      List<String> pass = List.of("pass phrase");
      List<String> make = List.of("pass phrase", "pass phrase", "y");
      Said made =
          theirs(
              make,
              "-c",
              "-w",
              "-z",
              device,
              "--pbkdf-prf=whirlpool",
              "--cipher=TWOFISH-256-XTS,AES-256-XTS",
              "--keyfile=" + one,
              "--keyfile=" + two);
      assertEquals(0, made.status(), made::err);
      // With keyfiles 3.3 asks for a passphrase only where it is told to.
      Said info = theirs(pass, "-i", device, "-k", one, "-k", two);
      assertEquals(0, info.status());
      assertTrue(info.out().contains("Cipher:\t\t\tTWOFISH-256-XTS,AES-256-XTS\n"), info::out);
      assertEquals(info, ours(pass, "-i", device, "-k", one, "-k", two, "-p"));
      Said remade =
          ours(
              make,
              "-c",
              "-w",
              "-z",
              device,
              "--pbkdf-prf=whirlpool",
              "--cipher=TWOFISH-256-XTS,AES-256-XTS",
              "--keyfile=" + one,
              "--keyfile=" + two);
      assertEquals(
          asVersion33(made, false),
          new Said(
              remade.status(),
              remade.out().replace("to disk...\nAll", "to disk/file...\nAll"),
              remade.err()));
      assertEquals(0, theirs(pass, "-i", device, "-k", one, "-k", two).status());
    }
  }

  @Test
  void headersThatOneWritesTheOtherOpens() throws Exception {
    assumeTcplay();
    try (LoopDevice loop = LoopDevice.of(image())) {
      Object node = loop.node();
      assertEquals(0, ours(List.of("old", "old", "y"), "-c", "-z", "-d", node).status());
      both(List.of("old"), "-i", "-d", node);
      both(List.of("old"), "-i", "-d", node, "--use-backup");
      List<String> change = List.of("old", "new", "new");
      Said changed = ours(change, "--modify", "-d", node, "--new-pbkdf-prf=SHA512");
      assertEquals(
          asVersion33(theirs(List.of("new", "old", "old"), "--modify", "-w", "-d", node), true)
              .out(),
          changed.out());
      both(List.of("old"), "-i", "-d", node);
      both(List.of("old"), "--modify", "-d", node, "--restore-from-backup-hdr", "-w");
      byte[] before = Files.readAllBytes(folder.resolve("secvol"));
      Path saved = folder.resolve("saved");
      Said toFile = ours(change, "--modify", "-d", node, "--save-hdr-backup", saved);
      assertEquals(new Said(0, changed.out(), ""), toFile);
      assertEquals(512, Files.size(saved));
      assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(folder.resolve("secvol"))));
      Said byFile = ours(List.of("new"), "-i", "-d", node, "--use-hdr-file", saved);
      assertEquals(theirs(List.of("old"), "-i", "-d", node), byFile);
      assertEquals(
          0,
          ours(List.of("new", "third", "third"), "--modify", "-d", node, "--use-hdr-file", saved)
              .status());
      assertEquals(byFile.out(), both(List.of("third"), "-i", "-d", node).out());
    }
  }

  @Test
  void anOuterVolumeProtectsTheHiddenOneInIt() throws Exception {
    assumeTcplay();
    try (LoopDevice loop = LoopDevice.of(image())) {
      Object node = loop.node();
      List<String> answers = List.of("out", "out", "hid", "hid", "9G", "512K", "y");
      Said made = theirs(answers, "-c", "-g", "-w", "-d", node);
      both(List.of("out", "hid"), "-i", "-e", "-d", node);
      both(List.of("hid"), "-i", "-d", node);
      Said remade = ours(answers, "-c", "-g", "-w", "-d", node);
      assertEquals(made.err(), remade.err());
      assertEquals(made.out(), remade.out());
      both(List.of("out", "hid"), "-i", "-e", "-d", node);
      both(List.of("hid"), "-i", "-d", node);
    }
  }

  @Test
  void misuseHasTheSameStatusAndComplaint() throws Exception {
    assumeTcplay();
    List<String[]> lines =
        Stream.of(
                "-i",
                "-m",
                "-e -q",
                "-i --foo",
                "--new",
                "--ci",
                "--c x",
                "--i=4",
                "-c -i -d x",
                "-b help",
                "-b AES",
                "--unmap",
                "-i -q",
                "-c -b AES-256-XTS,TWOFISH-256-XTS -d x",
                "-i -d /nonexistent",
                "-c -d /nonexistent")
            .map(line -> line.split(" "))
            .toList();
    for (String[] line : lines) {
      Said theirs = asVersion33(theirs(List.of(), (Object[]) line), true);
      Said ours = ours(List.of(), (Object[]) line);
      assertEquals(theirs.status(), ours.status(), String.join(" ", line));
      assertEquals(
          theirs.err().split("[Uu]sage", 2)[0].replaceAll(" +\n", "\n"),
          ours.err().split("[Uu]sage", 2)[0],
          String.join(" ", line));
    }
  }

  @Test
  void aFileIsMappedAndUnmapped() throws Exception {
    Path image = image();
    assertEquals(0, ours(List.of("p", "p", "y"), "-c", "-z", "-d", image, "-a", "SHA512").status());
    List<String> info = ours(List.of("p"), "-i", "-d", image).out().lines().toList();
    JavaProcess map =
        JavaProcess.main("-XX:TieredStopAtLevel=1").arguments("-m", "secv", "-d", image, "-t");
    CommandRun.Result mapped = map.environment("XDG_RUNTIME_DIR", folder).in("p\n").run();
    assertEquals("Passphrase: All ok!\n", mapped.out(), mapped::err);
    assertEquals(0, mapped.status());
    CommandRun.Result told = of("-j", "secv");
    List<String> expected =
        info.stream().filter(line -> !line.matches("Pass.*|PBKDF2.*|CRC.*|Device.*")).toList();
    assertEquals(expected, told.lines().subList(1, told.lines().size()));
    assertEquals(new Said(0, "", ""), said(of("-u", "secv")));
    CommandRun.Result gone = of("--unmap=secv");
    assertEquals(22, gone.status());
    assertTrue(gone.err().endsWith("Could not remove mapping secv\n"), gone::err);
    assertEquals(255, of("-j", "secv").status());
  }

  private static Said said(CommandRun.Result result) {
    return new Said(result.status(), result.out(), result.err());
  }

  private CommandRun.Result of(Object... arguments) throws Exception {
    return JavaProcess.main("-XX:TieredStopAtLevel=1")
        .arguments(arguments)
        .environment("XDG_RUNTIME_DIR", folder)
        .run();
  }
}
