package dev.tcplay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jars as they are built, and the command as a process of its own. */
class CommandIT {

  private static final Path COMMAND = Path.of(System.getProperty("tcplay.command"));
  private static final Path LIBRARY = Path.of(System.getProperty("tcplay.library"));

  @TempDir private Path folder;

  private static JavaProcess command(Object... arguments) {
    return JavaProcess.java("-jar", COMMAND).arguments(arguments);
  }

  @Test
  void everyExitStatusReachesTheShell() throws Exception {
    assertEquals(0, command(Demo.arguments("info")).run().status());
    assertEquals(1, command("info", "--password", "x", "LICENSE").run().status());
    assertEquals(2, command("info").run().status());
    assertEquals(3, command("info", "--password", "x", folder.resolve("missing")).run().status());
  }

  @Test
  void withoutConsoleNobodyIsAsked() throws Exception {
    CommandRun.Result result = command("info", Demo.CONTAINER).run();
    assertEquals(2, result.status(), result::err);
    assertEquals(1, result.err().lines().count(), result::err);
  }

  @Test
  void thePasswordComesFromStandardInput() throws Exception {
    CommandRun.Result result =
        command("sha256", "--password-file", "-", "--pim", 1, Demo.CONTAINER)
            .in(Demo.PASSWORD + "\n")
            .run();
    assertEquals("", result.err());
    assertEquals(Files.readString(Path.of("samples/demo.sha256")), result.out());
  }

  @Test
  void thePasswordComesFromTheEnvironmentOrAProperty() throws Exception {
    Object[] arguments = {"info", "--pim", 1, Demo.CONTAINER};
    CommandRun.Result environment =
        command(arguments).environment("TCPLAY_PASSWORD_FILE", Demo.PASSWORD_FILE).run();
    assertEquals(0, environment.status(), environment::err);
    CommandRun.Result property =
        JavaProcess.java("-Dtcplay.passwordFile=" + Demo.PASSWORD_FILE, "-jar", COMMAND)
            .arguments(arguments)
            .run();
    assertEquals(environment.out(), property.out());
  }

  @Test
  void outputIsUtf8InEveryLocale() throws Exception {
    byte[] expected = "你好.txt\n".getBytes(UTF_8);
    for (String locale : List.of("C", "POSIX", "C.UTF-8")) {
      CommandRun.Result result =
          command(Demo.arguments("ls", "poems")).environment("LC_ALL", locale).run();
      assertArrayEquals(expected, result.bytes(), locale);
    }
  }

  @Test
  void anArgumentThatTheLocaleCannotReadIsMisuse() throws Exception {
    CommandRun.Result result =
        command(Demo.arguments("cat", "poems/你好.txt")).environment("LC_ALL", "C").run();
    assertEquals(2, result.status(), result::err);
    assertTrue(result.err().contains("UTF-8 locale"), result::err);
  }

  @Test
  void binaryOutputIsNotTouched() throws Exception {
    byte[] expected = Demo.run("export", "-").bytes();
    assertArrayEquals(expected, command(Demo.arguments("export", "-")).run().bytes());
  }

  @Test
  void nothingIsLeftOfAContainerWhoseMakingIsAskedToEnd() throws Exception {
    Object[] arguments = {"--password", "x", "--size", "16G", folder.resolve("new.hc")};
    CommandRun.Result result =
        command("create").arguments(arguments).runUntil(() -> bytes() > 1 << 20);
    assertEquals(143, result.status(), result::err);
    assertEquals(0, bytes());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  /** Returns how many bytes the files of the folder have. */
  private long bytes() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void theCommandsJarIsForTheClassPathAlone() throws IOException {
    try (JarFile jar = new JarFile(COMMAND.toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertEquals("dev.tcplay.cli.Main", manifest.getValue(Attributes.Name.MAIN_CLASS));
      assertEquals("true", manifest.getValue(Attributes.Name.MULTI_RELEASE));
      assertTrue(jar.getManifest().getEntries().isEmpty(), "digests of a signature");
      List<String> wrong =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(
                  name -> name.matches(".*module-info\\.class|META-INF/[^/]*\\.(SF|RSA|DSA|EC)"))
              .toList();
      assertEquals(List.of(), wrong);
      for (String licence :
          List.of(
              "LICENSE",
              "LICENSE.md",
              "LICENSE.txt",
              "licenses/picocli.txt",
              "licenses/apache-commons.txt")) {
        assertNotNull(jar.getEntry("META-INF/" + licence), licence);
      }
    }
  }

  @Test
  void theCommandsJarHoldsTheServicesOfEverybody() throws IOException {
    try (JarFile jar = new JarFile(COMMAND.toFile())) {
      assertTrue(service(jar, "java.nio.file.spi.FileSystemProvider").contains("dev.tcplay.nio."));
      String drivers = service(jar, "dev.tcplay.fs.FileSystemDriver");
      assertTrue(drivers.contains("dev.tcplay.fs.fat."), drivers);
      assertTrue(drivers.contains("dev.tcplay.fs.archive."), drivers);
      assertTrue(drivers.contains("dev.tcplay.fs.raw."), drivers);
      assertTrue(service(jar, "java.security.Provider").contains("org.bouncycastle."));
    }
  }

  private static String service(JarFile jar, String name) throws IOException {
    var entry = jar.getEntry("META-INF/services/" + name);
    assertNotNull(entry, name);
    return new String(jar.getInputStream(entry).readAllBytes(), UTF_8);
  }

  @Test
  void theLibraryIsAModuleWithoutTheCommand() throws IOException {
    try (JarFile jar = new JarFile(LIBRARY.toFile())) {
      assertNotNull(jar.getEntry("module-info.class"));
      assertNotNull(jar.getEntry("META-INF/services/java.nio.file.spi.FileSystemProvider"));
      assertNotNull(jar.getEntry("META-INF/services/java.net.spi.URLStreamHandlerProvider"));
      assertFalse(jar.stream().anyMatch(entry -> entry.getName().startsWith("dev/tcplay/cli/")));
      assertFalse(jar.stream().anyMatch(entry -> entry.getName().startsWith("dev/tcplay/nbd/")));
      assertNull(jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS));
    }
  }
}
