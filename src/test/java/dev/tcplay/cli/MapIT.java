package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.cli.tls.Certificates;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Mapped volumes in processes of their own, as a user has them. */
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
@Execution(ExecutionMode.CONCURRENT)
class MapIT {

  private static final String PASSWORD = "geheim";

  /** Short, since the address of a socket is. */
  @TempDir private Path folder;

  private Path container;

  @BeforeEach
  void make() {
    container = folder.resolve("c.hc");
    CommandRun.Result made =
        new CommandRun()
            .run("create", "--password", PASSWORD, "--pim", 1, "--size", "8M", container);
    assertEquals(0, made.status(), made::err);
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

  private JavaProcess map(Object... options) {
    return tcplay("map", "--background", "--password-file", "-", "--pim", 1)
        .arguments(options)
        .arguments("vol", container)
        .in(PASSWORD + "\n");
  }

  private static CommandRun.Result ok(JavaProcess process) throws Exception {
    CommandRun.Result result = process.run();
    assertEquals("", result.err());
    assertEquals(0, result.status());
    return result;
  }

  private long pid() throws Exception {
    return ok(tcplay("status", "vol")).lines().stream()
        .filter(line -> line.startsWith("pid: "))
        .mapToLong(line -> Long.parseLong(line.substring(5)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsWrittenToTheSocketIsInTheVolumeAfterUnmap() throws Exception {
    String uri = ok(map()).out().strip();
    assertEquals("nbd+unix:///vol?socket=" + folder.resolve("tcplay/vol.sock"), uri);
    byte[] bytes = new byte[(8 << 20) - (256 << 10)];
    new Random(1).nextBytes(bytes);
    Path image = Files.write(folder.resolve("image"), bytes);
    Judge.Verdict copied = Judge.run("nbdcopy", image.toString(), uri);
    assertEquals(0, copied.status(), copied.output());
    ok(tcplay("unmap", "vol"));
    Path out = folder.resolve("out");
    ok(tcplay("export", "--password", PASSWORD, "--pim", 1, container, out));
    assertEquals(-1, Files.mismatch(image, out));
  }

  @Test
  void theUriLeadsToAFolderOfAnyName() throws Exception {
    Path odd = Files.createDirectory(folder.resolve("a +%2B&c=#?"));
    String uri = ok(map().environment("XDG_RUNTIME_DIR", odd)).out().strip();
    Judge.Verdict size = Judge.run("nbdinfo", "--size", uri);
    ok(tcplay("unmap", "vol").environment("XDG_RUNTIME_DIR", odd));
    assertEquals("8126464\n", size.output());
  }

  @Test
  void theFolderAndTheSocketsAreTheirOwners() throws Exception {
    ok(map());
    Path run = folder.resolve("tcplay");
    assertEquals("rwx------", rights(run));
    assertEquals("rw-------", rights(run.resolve("vol.sock")));
    assertEquals("rw-------", rights(run.resolve("vol.ctl")));
    ok(tcplay("unmap", "vol"));
    assertFalse(Files.exists(run.resolve("vol.sock")));
    assertFalse(Files.exists(run.resolve("vol.ctl")));
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aFolderThatIsALinkOrOpenToOthersIsRefused() throws Exception {
    Path run = folder.resolve("tcplay");
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.createSymbolicLink(run, other);
    CommandRun.Result linked = map().run();
    assertEquals(3, linked.status());
    assertTrue(linked.err().contains(run + ": is no directory"), linked::err);
    // Somebody else could answer there.
    for (String command : new String[] {"list", "unmap --all", "status vol", "unmap vol"}) {
      CommandRun.Result asked = tcplay((Object[]) command.split(" ")).run();
      assertEquals("tcplay: " + run + ": is no directory\n", asked.err());
      assertEquals(3, asked.status());
    }
    Files.delete(run);
    Files.createDirectory(run);
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
    CommandRun.Result open = map().run();
    assertEquals(3, open.status());
    assertTrue(open.err().contains("is not its owner's alone: rwxr-xr-x"), open::err);
  }

  @Test
  void aJavaThatDoesNotStartIsNotTakenForAWrongPassword() throws Exception {
    CommandRun.Result result = map().environment("TCPLAY_OPTS", "-XX:+NoSuchOption").run();
    assertEquals(3, result.status());
    assertTrue(result.err().contains("NoSuchOption"), result::err);
  }

  @Test
  void anAddressThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      CommandRun.Result result = map("--listen", address).run();
      assertEquals(3, result.status());
      assertTrue(result.err().startsWith("tcplay: --listen " + address + ": "), result::err);
    }
  }

  @Test
  void statusAndListTellTheFacts() throws Exception {
    ok(map("--read-only", "--listen", "127.0.0.1:0"));
    String facts = ok(tcplay("status", "vol")).out();
    for (String fact :
        new String[] {
          "name: vol\n",
          "file: " + container + "\n",
          "size: 8126464\n",
          "read-only: true\n",
          "connections: 0\n",
          "listen: nbd://127.0.0.1:",
          "cipher: AES\n"
        }) {
      assertTrue(facts.contains(fact), () -> fact + " in " + facts);
    }
    assertEquals("vol: " + container + "\n", ok(tcplay("list")).out());
    String json = ok(tcplay("list", "--json")).out();
    assertTrue(json.startsWith("[{\"name\": \"vol\", \"file\": "), json);
  }

  @Test
  void otherMachinesComeByTlsOnly() throws Exception {
    CommandRun.Result open = map("--listen", "0.0.0.0:0").run();
    assertEquals(2, open.status());
    assertTrue(open.err().contains("goes with --tls-certificates only"), open::err);
    CommandRun.Result nowhere = map("--tls-certificates", folder).run();
    assertEquals(2, nowhere.status(), nowhere::err);
    Certificates certificates = new Certificates(folder);
    CommandRun.Result missing =
        map("--listen", "0.0.0.0:0", "--tls-certificates", certificates.of("client")).run();
    assertEquals(3, missing.status());
    assertTrue(missing.err().contains("server-cert.pem"), missing::err);
    String uri =
        ok(map("--listen", "0.0.0.0:0", "--tls-certificates", certificates.of("server")))
            .lines()
            .stream()
            .filter(line -> line.startsWith("nbds://0.0.0.0:"))
            .findFirst()
            .orElseThrow()
            .replace("0.0.0.0", "127.0.0.1");
    Judge.Verdict plain = Judge.run("nbdinfo", uri.replace("nbds:", "nbd:"));
    assertNotEquals(0, plain.status(), plain.output());
    Judge.Verdict size =
        Judge.run("nbdinfo", "--size", uri + "?tls-certificates=" + certificates.of("client"));
    assertEquals("8126464\n", size.output());
  }

  @Test
  void aNameAndAContainerAreMappedOnce() throws Exception {
    ok(map());
    CommandRun.Result again = map().run();
    assertEquals(3, again.status());
    assertEquals("tcplay: vol: is mapped already\n", again.err());
    CommandRun.Result other =
        tcplay("map", "--password", PASSWORD, "--pim", 1, "other", container).run();
    assertEquals(3, other.status());
    assertTrue(other.err().contains("in use"), other::err);
  }

  @Test
  void aWrongPasswordIsToldByTheOneWhoAsked() throws Exception {
    CommandRun.Result result =
        tcplay("map", "--background", "--password", "no", "--hash", "sha512", "--pim", 1)
            .arguments("vol", container)
            .run();
    assertEquals(1, result.status(), result::err);
    assertTrue(result.err().startsWith("tcplay: "), result::err);
    assertEquals("", ok(tcplay("list")).out());
  }

  @Test
  void aKilledProcessLeavesNothingLocked() throws Exception {
    ok(map());
    ProcessHandle killed = ProcessHandle.of(pid()).orElseThrow();
    killed.destroyForcibly();
    killed.onExit().join();
    assertTrue(Files.exists(folder.resolve("tcplay/vol.sock")));
    assertEquals("", ok(tcplay("list")).out());
    assertFalse(Files.exists(folder.resolve("tcplay/vol.sock")));
    ok(map());
    ok(tcplay("unmap", "vol"));
  }

  @Test
  void noSecretStandsInTheListOfProcesses() throws Exception {
    ok(
        tcplay("map", "--background", "--password", PASSWORD, "--pim", 1)
            .arguments("vol", container));
    Path line = Path.of("/proc", Long.toString(pid()), "cmdline");
    String words = Files.exists(line) ? Files.readString(line) : "";
    assertFalse(words.contains(PASSWORD), words);
  }

  /** The process lives on for days, and its memory may be swapped out. */
  @Test
  void aPasswordFromTheCommandLineDoesNotStayInMemory() throws Exception {
    String password = "0.Correct-Horse/Battery";
    Path own = folder.resolve("own.hc");
    assertEquals(
        0,
        new CommandRun()
            .run("create", "--password", password, "--pim", 1, "--size", "1M", own)
            .status());
    for (Object[] option : new Object[][] {{"--password", password}, {"--password=" + password}}) {
      ok(tcplay("map", "--background", "--pim", 1).arguments(option).arguments("vol", own));
      Path dump = folder.resolve("heap");
      ok(JavaProcess.tool("jcmd").arguments(pid(), "GC.heap_dump", dump));
      String heap = Files.readString(dump, StandardCharsets.ISO_8859_1);
      Files.delete(dump);
      assertTrue(heap.contains("tcplay-control"), "this is no dump of the server");
      assertFalse(heap.contains(password));
      ok(tcplay("unmap", "vol"));
    }
  }

  @Test
  void sigtermWritesAllAndRemovesTheSockets() throws Exception {
    Path socket = folder.resolve("tcplay/vol.sock");
    CommandRun.Result result =
        tcplay("map", "--password", PASSWORD, "--pim", 1, "vol", container)
            .runUntil(() -> Files.exists(socket));
    assertEquals(143, result.status(), result::err);
    assertEquals("tcplay: interrupted; vol is unmapped\n", result.err());
    assertFalse(Files.exists(socket));
  }
}
