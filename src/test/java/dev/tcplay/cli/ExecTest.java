package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs run from a container as the launcher runs them from a class path. */
class ExecTest {

  private static final String PROGRAM =
      """
      package app;

      import java.net.URL;
      import java.util.*;

      final class Program {

        private Program() {}

        public static void main(String[] arguments) throws Exception {
          switch (arguments[0]) {
            case "look" -> look();
            case "exit" -> System.exit(7);
            case "throw" -> throw new IllegalStateException("thrown");
            case "late" -> new Thread(Program::late).start();
            default -> System.out.println(List.of(arguments));
          }
        }

        private static void late() {
          try {
            Thread.sleep(300);
          } catch (InterruptedException e) {
            return;
          }
          // Loaded when main has long ended.
          System.out.println(new Version());
        }

        private static void look() throws Exception {
          Package own = Program.class.getPackage();
          System.out.println(own.getImplementationTitle() + " sealed=" + own.isSealed());
          URL text = Program.class.getResource("a text.txt");
          System.out.println(new String(text.openStream().readAllBytes()));
          System.out.println(new String(new URL(text, "other.txt").openStream().readAllBytes()));
          System.out.println(new Version());
          ClassLoader loader = Thread.currentThread().getContextClassLoader();
          System.out.println(Collections.list(loader.getResources("app/other.txt")).size());
          for (Runnable service : ServiceLoader.load(Runnable.class)) {
            service.run();
          }
          var source = Program.class.getProtectionDomain().getCodeSource();
          System.out.println(source.getLocation().toString().replaceFirst("file:.*!", "!"));
          System.out.println(source.getCodeSigners() == null ? "unsigned" : "signed");
          System.out.println(loader.getResource("/app/other.txt") + " " + loader.getResource("../x"));
        }
      }
      """;

  private static final String VERSION =
      """
      package app;

      final class Version {
        @Override
        public String toString() {
          return "version %s";
        }
      }
      """;

  private static final String SERVICE =
      """
      package service;

      public final class Service implements Runnable {
        @Override
        public void run() {
          System.out.println("service");
        }
      }
      """;

  private static final String LOOK =
      """
      titled sealed=true
      a text
      other
      version 17
      2
      service
      tcplay:!/lib/app.jar
      %s
      null null
      """;

  @TempDir private Path folder;
  private Path container;
  private Path jar;

  @BeforeEach
  void makeContainer() throws Exception {
    Path classes = compile("classes", "Program", PROGRAM, "Version", VERSION.formatted("1"));
    Files.writeString(classes.resolve("app/a text.txt"), "a text");
    Files.writeString(classes.resolve("app/other.txt"), "other");
    Path newer = compile("newer", "Version", VERSION.formatted("17"));
    Path more = compile("more", "Service", SERVICE);
    Path services = Files.createDirectories(more.resolve("META-INF/services"));
    Files.writeString(services.resolve("java.lang.Runnable"), "service.Service\n");
    Path manifest =
        Files.writeString(
            folder.resolve("manifest"),
            """
            Implementation-Title: titled
            Multi-Release: true
            Sealed: true
            Class-Path: more.jar missing.jar
            """);
    Path lib = Files.createDirectory(folder.resolve("lib"));
    jar = lib.resolve("app.jar");
    tool("jar", "cfm", jar, manifest, "-C", classes, ".", "--release", 17, "-C", newer, ".");
    tool("jar", "cf", lib.resolve("more.jar"), "-C", more, ".");
    container = folder.resolve("x.hc");
    run("create", "--password", "p", "--pim", 1, "--size", "4M", container);
    Path plain = Files.createDirectories(folder.resolve("plain/app"));
    Files.writeString(plain.resolve("other.txt"), "plain");
    putAll();
  }

  private void putAll() {
    run("put", "--password", "p", "--pim", 1, container, folder.resolve("lib"), "/");
    run("put", "--password", "p", "--pim", 1, container, folder.resolve("plain"), "/");
  }

  private static void run(Object... arguments) {
    CommandRun.Result result = new CommandRun().run(arguments);
    assertEquals(0, result.status(), result::err);
  }

  private Path compile(String name, String... classesAndTexts) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("source-" + name));
    Path classes = folder.resolve(name);
    List<Object> arguments = new ArrayList<>(List.of("--release", 17, "-d", classes));
    for (int i = 0; i < classesAndTexts.length; i += 2) {
      Path source = sources.resolve(classesAndTexts[i] + ".java");
      arguments.add(Files.writeString(source, classesAndTexts[i + 1]));
    }
    tool("javac", arguments.toArray());
    return classes;
  }

  private static void tool(String name, Object... arguments) {
    String[] texts = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
    ToolProvider tool = ToolProvider.findFirst(name).orElseThrow();
    assertEquals(0, tool.run(System.out, System.err, texts));
  }

  private CommandRun.Result exec(String classPath, Object... program) throws Exception {
    Path temporary = Files.createDirectories(folder.resolve("temporary"));
    CommandRun.Result result =
        JavaProcess.main("-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary)
            .arguments("exec", "--password", "p", "--pim", 1, "--hash", "sha512", container)
            .arguments("--class-path", classPath)
            .arguments(program)
            .run();
    try (Stream<Path> files = Files.list(temporary)) {
      assertEquals(List.of(), files.toList(), "nothing lies on the disk");
    }
    return result;
  }

  @Test
  void classesResourcesAndServicesComeFromTheContainer() throws Exception {
    CommandRun.Result result = exec("/lib/app.jar:/plain", "app.Program", "look");
    assertEquals("", result.err());
    assertEquals(LOOK.formatted("unsigned"), result.out());
    assertEquals(0, result.status());
  }

  @Test
  void aSignedJarGivesItsSigners() throws Exception {
    sign();
    putAll();
    CommandRun.Result result = exec("/lib/app.jar:/plain", "app.Program", "look");
    assertEquals("", result.err());
    assertEquals(LOOK.formatted("signed"), result.out());
  }

  @Test
  void aJarThatIsNotWhatWasSignedIsRefused() throws Exception {
    sign();
    Path other = Files.createDirectories(folder.resolve("changed/app"));
    Files.writeString(other.resolve("other.txt"), "changed");
    tool("jar", "uf", jar, "-C", folder.resolve("changed"), "app/other.txt");
    putAll();
    CommandRun.Result result = exec("/lib/app.jar", "app.Program", "look");
    assertEquals(ExitStatus.FAILED, result.status());
    assertTrue(result.err().contains("digest error for app/other.txt"), result.err());
  }

  /** In such a jar the JDK would check nothing. */
  @Test
  void aSignedJarWhoseManifestDoesNotComeFirstIsRefused() throws Exception {
    sign();
    Path signed = Files.move(jar, folder.resolve("signed.jar"));
    try (ZipFile from = new ZipFile(signed.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(jar))) {
      List<? extends ZipEntry> entries = Collections.list(from.entries());
      Collections.reverse(entries);
      for (ZipEntry entry : entries) {
        to.putNextEntry(new ZipEntry(entry.getName()));
        from.getInputStream(entry).transferTo(to);
      }
    }
    putAll();
    CommandRun.Result result = exec("/lib/app.jar", "app.Program", "look");
    assertEquals(ExitStatus.FAILED, result.status());
    assertTrue(result.err().contains("its manifest does not come first"), result.err());
  }

  private void sign() throws Exception {
    Path store = folder.resolve("keys.p12");
    List<Object> keys = List.of("-keystore", store, "-storepass", "secret");
    CommandRun.Result made =
        JavaProcess.tool("keytool")
            .arguments("-genkeypair", "-alias", "a", "-dname", "CN=a", "-keyalg", "EC")
            .arguments(keys.toArray())
            .run();
    assertEquals(0, made.status(), made::err);
    CommandRun.Result signed =
        JavaProcess.tool("jarsigner").arguments(keys.toArray()).arguments(jar, "a").run();
    assertEquals(0, signed.status(), signed::out);
  }

  @Test
  void whatFollowsTheClassIsTheProgramsOwn() throws Exception {
    CommandRun.Result result =
        exec("/lib/app.jar", "app.Program", "x", "--help", "--pim", "-cp", "--", "");
    assertEquals("[x, --help, --pim, -cp, --, ]\n", result.out());
  }

  @ParameterizedTest
  @CsvSource({"exit, 7, '', ''", "throw, 1, '', IllegalStateException", "late, 0, version 17, ''"})
  void theExitStatusIsTheProgramsAndThreadsMayOutliveMain(
      String what, int status, String out, String err) throws Exception {
    CommandRun.Result result = exec("/lib/app.jar", "app.Program", what);
    assertEquals(status, result.status(), result::err);
    assertEquals(out, result.out().strip());
    assertTrue(err.isEmpty() ? result.err().isEmpty() : result.err().contains(err), result.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/lib/app.jar | app.None | the class app.None is not on the class path",
        "/lib/app.jar | app.Version | the class app.Version has no public static void main(String[])",
        "/lib/none.jar | app.Program | /lib/none.jar: no such file",
        "/plain/app/other.txt | app.Program | /plain/app/other.txt: is neither a folder nor a sound jar",
        "/lib/app.jar | dev.tcplay.Tcplay | the class dev.tcplay.Tcplay is not on the class path"
      })
  void whatIsNoProgramIsNamed(String classPath, String main, String reason) throws Exception {
    CommandRun.Result result = exec(classPath, main);
    assertEquals(ExitStatus.FAILED, result.status());
    assertTrue(result.err().contains(reason), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
  }
}
