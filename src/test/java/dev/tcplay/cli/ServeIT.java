package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.cli.tls.Certificates;
import dev.tcplay.testing.Judge;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Served volumes in processes of their own, as a user has them; curl is the client. */
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
@Execution(ExecutionMode.CONCURRENT)
class ServeIT {

  private static final String PASSWORD = "geheim";
  private static final String HELLO = "hello, world\n";

  /** Short, since the address of a socket is. */
  @TempDir private Path folder;

  private Path container;

  @BeforeEach
  void make() throws Exception {
    container = folder.resolve("my disk.hc");
    Path file = Files.writeString(folder.resolve("hello.txt"), HELLO);
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("create", "--pim", 1, "--size", "2M", "--password", PASSWORD, container),
            List.of("put", "--pim", 1, "--password", PASSWORD, container, file, "/"))) {
      CommandRun.Result result = new CommandRun().run(command.toArray());
      assertEquals(0, result.status(), result::err);
    }
  }

  @AfterEach
  void endAll() throws Exception {
    tcplay("unmap", "--all").run();
  }

  private JavaProcess tcplay(Object... arguments) {
    return JavaProcess.main("-XX:TieredStopAtLevel=1")
        .arguments(arguments)
        .environment("XDG_RUNTIME_DIR", folder);
  }

  private JavaProcess serve(String kind, Object... options) {
    return tcplay("serve", kind, "--password-file", "-", "--pim", 1)
        .arguments(options)
        .arguments(container)
        .in(PASSWORD + "\n");
  }

  private static CommandRun.Result ok(JavaProcess process) throws Exception {
    CommandRun.Result result = process.run();
    assertEquals("", result.err());
    assertEquals(0, result.status());
    return result;
  }

  private String get(Object... arguments) throws Exception {
    CommandRun.Result result =
        JavaProcess.program("curl").arguments("-sS", "--fail").arguments(arguments).run();
    assertEquals("", result.err());
    return result.out();
  }

  private String fileInside(String name) {
    CommandRun.Result result =
        new CommandRun().run("cat", "--password", PASSWORD, "--pim", 1, container, name);
    assertEquals(0, result.status(), result::err);
    return result.out();
  }

  @Test
  void whatIsServedByHttpIsListedAndEndsByItsName() throws Exception {
    String address = ok(serve("http", "--background")).out().strip();
    assertTrue(address.startsWith("http://127.0.0.1:"), address);
    assertEquals(HELLO, get(address + "hello.txt"));
    assertEquals("my_disk.hc: " + container + "\n", ok(tcplay("list")).out());
    List<String> status = ok(tcplay("status", "my_disk.hc")).lines();
    assertTrue(status.contains("http: " + address), status::toString);
    assertTrue(status.contains("filesystem: FAT12"), status::toString);
    ok(tcplay("unmap", "my_disk.hc"));
    assertEquals("", ok(tcplay("list")).out());
    assertEquals(7, Judge.run("curl", "-sS", address).status());
  }

  @Test
  void whatClientsOfWebdavWriteIsInTheVolumeAfterSigterm() throws Exception {
    Path told = folder.resolve("told");
    Path upload = Files.writeString(folder.resolve("upload"), "new\n");
    Path done = folder.resolve("done");
    Thread client =
        new Thread(
            () -> {
              try {
                String address = awaitAddress(told);
                get("-T", upload, address + "new.txt");
                Files.createFile(done);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    client.start();
    CommandRun.Result result =
        JavaProcess.program("sh")
            .arguments("-c", "exec \"$@\" >" + told, "sh")
            .arguments(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "webdav",
                "--password-file",
                "-",
                "--pim",
                1,
                container)
            .environment("XDG_RUNTIME_DIR", folder)
            .in(PASSWORD + "\n")
            .runUntil(() -> Files.exists(done));
    client.join();
    assertEquals(143, result.status(), result::err);
    assertEquals("tcplay: interrupted; my_disk.hc is closed\n", result.err());
    assertEquals("new\n", fileInside("/new.txt"));
  }

  private static String awaitAddress(Path told) throws Exception {
    for (int i = 0; i < 3000; i++) {
      String text = Files.exists(told) ? Files.readString(told) : "";
      if (text.endsWith("/\n")) {
        return text.strip();
      }
      Thread.sleep(20);
    }
    throw new AssertionError("nothing is told");
  }

  @Test
  void aNewPasswordOfSftpIsToldOnceAndNowhereElse() throws Exception {
    List<String> said = ok(serve("sftp", "--background", "--name", "box")).lines();
    assertTrue(said.get(0).startsWith("sftp://127.0.0.1:"), said::toString);
    assertTrue(said.get(1).startsWith("host key: SHA256:"), said::toString);
    assertTrue(said.get(2).matches("password: \\S{16,}"), said::toString);
    String secret = said.get(2).substring("password: ".length());
    for (String command : List.of("list", "status")) {
      JavaProcess asked = tcplay(command, "--json");
      String all = ok(command.equals("status") ? asked.arguments("box") : asked).out();
      assertFalse(all.contains(secret), all);
      assertTrue(all.contains(said.get(0)), all);
    }
  }

  @Test
  void otherMachinesComeByTlsAndAPassword() throws Exception {
    Path server = new Certificates(folder).of("server");
    List<String> said =
        ok(serve(
                "webdav",
                "--background",
                "--listen",
                "0.0.0.0:0",
                "--host-name",
                "localhost",
                "--tls-certificates",
                server))
            .lines();
    String port = said.get(0).replaceFirst(".*:(\\d+)/.*", "$1");
    String address = "https://localhost:" + port + "/";
    String login = after("user: ", said) + ":" + after("password: ", said);
    Path authority = server.resolve("ca-cert.pem");
    assertEquals(HELLO, get("--cacert", authority, "-u", login, address + "hello.txt"));
    Judge.Verdict wrong =
        Judge.run(
            "curl", "-sS", "--fail", "--cacert", authority.toString(), "-u", "tcplay:x", address);
    assertTrue(wrong.output().contains("401"), wrong.output());
  }

  private static String after(String word, List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(word))
        .map(line -> line.substring(word.length()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void inClearNobodyComesFromOtherMachines() throws Exception {
    for (String kind : List.of("webdav", "http")) {
      CommandRun.Result result = serve(kind, "--listen", "0.0.0.0:0").run();
      assertEquals(2, result.status());
      assertTrue(result.err().contains(ListenAddress.IN_CLEAR), result::err);
    }
  }

  @Test
  void anAddressThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      for (String kind : List.of("sftp", "webdav")) {
        CommandRun.Result result = serve(kind, "--listen", address).run();
        assertEquals(3, result.status());
        assertTrue(result.err().contains("--listen " + address + ": Address"), result::err);
      }
    }
  }

  /** From Java 22 on, FuseMountIT mounts. */
  @Test
  @EnabledForJreRange(max = JRE.JAVA_21)
  void aMountedVolumeNeedsAJavaThatCanMount() throws Exception {
    Path point = Files.createDirectory(folder.resolve("point"));
    CommandRun.Result result =
        tcplay("mount", "--password-file", "-", "--pim", 1, container, point)
            .in(PASSWORD + "\n")
            .run();
    assertEquals(3, result.status());
    assertTrue(
        Pattern.compile("tcplay: cannot mount: .* 22 or later; tcplay serve .*")
            .matcher(result.err().strip())
            .matches(),
        result::err);
  }

  @Test
  void twoVolumesOfOneNameAreToldApart() throws Exception {
    ok(serve("http", "--background", "--read-only"));
    ok(serve("http", "--background", "--read-only"));
    assertEquals(
        List.of("my_disk.hc: " + container, "my_disk.hc-2: " + container),
        ok(tcplay("list")).lines());
  }
}
