package dev.tcplay.serve.webdav;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

/** Clients that others wrote use WebDAV on encrypted volumes, which are sound afterwards. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
@DisabledOnOs(OS.WINDOWS)
class WebdavServerIT {

  private static final String CADAVER =
      """
      cd "$0"
      cadaver "$1" <<'.'
      mkcol folder
      put made.bin folder/one
      move folder/one folder/two
      copy folder/two folder/three
      lock folder/two
      put made.bin folder/two
      discover folder/two
      unlock folder/two
      propset folder/two colour blue
      propget folder/two colour
      get folder/three got.bin
      mkcol folder/inner
      delete folder/two
      ls folder
      quit
      .
      cmp made.bin got.bin && echo the same
      """;

  private static final String DAVFS2 =
      """
      cd "$0"
      mkdir mounted
      echo ask_auth 0 >davfs2.conf
      mount.davfs -o conf="$0/davfs2.conf,uid=0,gid=0" "$1" mounted || exit 77
      trap 'umount mounted' EXIT
      set -e
      mkdir mounted/folder
      cp made.bin mounted/folder/one
      cmp made.bin mounted/folder/one
      mv mounted/folder/one mounted/folder/two
      cp mounted/folder/two mounted/three
      rm mounted/folder/two
      echo more >>mounted/three
      df mounted
      """;

  @TempDir private Path folder;
  private final byte[] made = new byte[300_000];
  private Volume volume;
  private WebdavServer server;
  private String address;

  @BeforeEach
  void serve() throws IOException {
    volume = new Volume(folder, "exFAT", 8 << 20);
    server = WebdavServer.of(volume.root()).start();
    address = server.addresses().get(0);
    new Random(26).nextBytes(made);
    Files.write(folder.resolve("made.bin"), made);
  }

  @AfterEach
  void end() throws IOException {
    server.close();
    volume.close();
  }

  @Test
  void litmusFindsNothingWrong() throws Exception {
    Judge.run("litmus", "--help");
    Judge.Verdict verdict = script("cd \"$0\" && litmus -k \"$1\" 2>&1");
    assertEquals(0, verdict.status(), verdict.output());
    for (String suite : new String[] {"basic", "copymove", "props", "locks", "http"}) {
      assertTrue(
          verdict.output().matches("(?s).*summary for `" + suite + "': [^\n]* 0 failed. 100.*"),
          verdict.output());
    }
  }

  @Test
  void cadaverWorksOnFiles() throws Exception {
    Judge.run("cadaver", "--version");
    Judge.Verdict verdict = script(CADAVER);
    String said = verdict.output();
    assertEquals(0, verdict.status(), said);
    assertTrue(said.contains("the same") && said.contains("Value of colour is: blue"), said);
    assertTrue(said.contains("Scope: exclusive"), said);
    assertTrue(!said.contains("failed"), said);
    assertEquals(made.length, Files.size(volume.root().resolve("folder/three")));
    assertTrue(Files.notExists(volume.root().resolve("folder/two")));
    assertTrue(Files.isDirectory(volume.root().resolve("folder/inner")));
  }

  @Test
  void curlSendsAndGets() throws Exception {
    String file = folder.resolve("made.bin").toString();
    String got = folder.resolve("got.bin").toString();
    assertEquals("201", curl("-T", file, address + "a"));
    assertEquals("204", curl("-T", file, "-H", "Transfer-Encoding: chunked", address + "a"));
    assertEquals("206", curl("-r", "100000-199999", "-o", got, address + "a"));
    assertEquals(
        -1,
        Arrays.mismatch(
            Arrays.copyOfRange(made, 100_000, 200_000), Files.readAllBytes(Path.of(got))));
    Files.write(Path.of(got), Arrays.copyOf(made, 1_234));
    assertEquals("206", curl("-C", "-", "-o", got, address + "a"));
    assertEquals(-1, Arrays.mismatch(made, Files.readAllBytes(Path.of(got))));
    assertEquals("201", curl("-X", "MKCOL", address + "b"));
    assertEquals("201", curl("-X", "MOVE", "-H", "Destination: " + address + "b/c", address + "a"));
    assertEquals("207", curl("-X", "PROPFIND", "-H", "Depth: 1", address));
    assertEquals("400", curl("--path-as-is", address + "b/../../x"));
    assertEquals("404", curl(address.replaceAll("[0-9a-f]/$", "_/")));
    assertEquals(-1, Arrays.mismatch(made, Files.readAllBytes(volume.root().resolve("b/c"))));
  }

  @Test
  void davfs2MountsIt() throws Exception {
    Judge.run("mount.davfs", "--version");
    assumeTrue("root".equals(System.getProperty("user.name")), "only root may mount by davfs2");
    assumeTrue(Files.exists(Path.of("/dev/fuse")), "no /dev/fuse here");
    Judge.Verdict verdict = script(DAVFS2);
    assumeTrue(verdict.status() != 77, () -> "davfs2 cannot mount here: " + verdict.output());
    assertEquals(0, verdict.status(), verdict.output());
    assertTrue(verdict.output().contains(address), verdict.output());
    byte[] written = Files.readAllBytes(volume.root().resolve("three"));
    assertEquals(made.length + 5, written.length);
    assertEquals(made.length, Arrays.mismatch(made, written));
    assertTrue(Files.notExists(volume.root().resolve("folder/two")));
  }

  private Judge.Verdict script(String text) throws Exception {
    return Judge.run("bash", "-c", text, folder.toString(), address);
  }

  private static String curl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-s", "-w", "%{http_code}"));
    if (!List.of(arguments).contains("-o")) {
      command.addAll(List.of("-o", "/dev/null"));
    }
    command.addAll(List.of(arguments));
    Judge.Verdict verdict = Judge.run(command.toArray(new String[0]));
    assertEquals(0, verdict.status(), verdict.output());
    return verdict.output().strip();
  }
}
