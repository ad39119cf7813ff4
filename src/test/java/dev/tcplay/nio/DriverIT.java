package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A third party's driver, in a jar of its own: the sources of {@code example.tablefs}, compiled
 * against nothing but the library's jar.
 */
class DriverIT {

  private static final String PROGRAM =
      """
      package program;

      import dev.tcplay.model.NewFileSystem;
      import dev.tcplay.Tcplay;
      import java.nio.file.*;
      import java.util.Map;
      import java.util.stream.Stream;

      public final class Program {

        private Program() {}

        public static void main(String[] arguments) throws Exception {
          System.out.print(run(arguments[0]));
        }

        public static String run(String argument) throws Exception {
          Path image = Path.of(argument);
          Tcplay.open(image).format("plain").filesystem("table").makeFileSystem(new NewFileSystem());
          ClassLoader loader = Program.class.getClassLoader();
          Map<String, String> plain = Map.of("format", "plain");
          try (FileSystem volume = FileSystems.newFileSystem(image, plain, loader)) {
            write(volume.getPath("/"));
          }
          Map<String, String> named = Map.of("format", "plain", "filesystem", "table");
          try (FileSystem volume = FileSystems.newFileSystem(image, named, loader)) {
            return read(volume.getPath("/"));
          }
        }

        private static void write(Path root) throws Exception {
          Path letter = root.resolve("letter");
          Files.writeString(letter, "Dear reader, farewell");
          Files.writeString(letter, "!", StandardOpenOption.APPEND);
          Files.writeString(root.resolve("scratch"), "nothing of worth");
          Files.copy(letter, root.resolve("copy"));
          Files.move(letter, root.resolve("sent"));
          Files.move(root.resolve("copy"), root.resolve("scratch"),
              StandardCopyOption.REPLACE_EXISTING);
          try (var channel = Files.newByteChannel(
              root.resolve("scratch"), StandardOpenOption.WRITE)) {
            channel.truncate(11);
          }
          Files.createFile(root.resolve("gone"));
          Files.delete(root.resolve("gone"));
        }

        private static String read(Path root) throws Exception {
          StringBuilder text = new StringBuilder(Files.getFileStore(root).type());
          try (Stream<Path> files = Files.list(root).sorted()) {
            for (Path file : files.toList()) {
              text.append(' ').append(file).append('=').append(Files.readString(file));
            }
          }
          return text.toString();
        }
      }
      """;

  /** A server that has the library itself and gives its application a class loader. */
  private static final String SERVER =
      """
      package server;

      import java.net.*;
      import java.nio.file.Path;

      public final class Server {

        private Server() {}

        public static void main(String[] arguments) throws Exception {
          ClassLoader platform = ClassLoader.getPlatformClassLoader();
          try (URLClassLoader shared = loader(arguments[0], platform);
              URLClassLoader application = loader(arguments[1], shared)) {
            Thread.currentThread().setContextClassLoader(application);
            var run = application.loadClass("program.Program").getMethod("run", String.class);
            System.out.print(run.invoke(null, arguments[2]));
          }
        }

        private static URLClassLoader loader(String jars, ClassLoader parent) throws Exception {
          String[] paths = jars.split(":");
          URL[] urls = new URL[paths.length];
          for (int i = 0; i < urls.length; i++) {
            urls[i] = Path.of(paths[i]).toUri().toURL();
          }
          return new URLClassLoader(urls, parent);
        }
      }
      """;

  private static final String DRIVER_MODULE =
      """
      module example.tablefs {
        requires dev.tcplay;
        provides dev.tcplay.fs.FileSystemDriver with example.tablefs.TableDriver;
      }
      """;

  private static final String PROGRAM_MODULE =
      """
      module program {
        requires dev.tcplay;
        exports program;
      }
      """;

  private static final String EXPECTED =
      "tcplay:table /scratch=Dear reader /sent=Dear reader, farewell!";

  private static final Path DRIVER_SOURCES = Path.of("src/test/java/example/tablefs");
  private static final String LIBRARY = System.getProperty("tcplay.library");

  @TempDir static Path folder;

  private static Path bouncyCastle;
  private static Path plainDriver;
  private static Path moduleDriver;
  private static Path plainProgram;
  private static Path moduleProgram;

  @BeforeAll
  static void build() throws Exception {
    assertTrue(Files.isRegularFile(Path.of(LIBRARY)), LIBRARY);
    bouncyCastle = ChildJvm.bouncyCastle();
    List<Path> driver;
    try (Stream<Path> sources = Files.list(DRIVER_SOURCES)) {
      driver =
          sources
              .filter(source -> source.toString().endsWith(".java"))
              .filter(source -> !source.toString().endsWith("Test.java"))
              .toList();
    }
    List<Path> program = List.of(source("Program", PROGRAM));
    Path classes = compile("driver", driver, "-cp", LIBRARY);
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("dev.tcplay.fs.FileSystemDriver"), "example.tablefs.TableDriver\n");
    plainDriver = pack(classes);
    plainProgram = pack(compile("program", program, "-cp", LIBRARY));
    String modules = LIBRARY + ":" + bouncyCastle;
    moduleDriver = pack(compile("driver-module", with(driver, DRIVER_MODULE), "-p", modules));
    moduleProgram = pack(compile("program-module", with(program, PROGRAM_MODULE), "-p", modules));
  }

  private static List<Path> with(List<Path> sources, String descriptor) throws IOException {
    List<Path> all = new ArrayList<>(sources);
    all.add(source("module-info", descriptor));
    return all;
  }

  private static Path source(String name, String text) throws IOException {
    Path place = Files.createTempDirectory(folder, "source").resolve(name + ".java");
    return Files.writeString(place, text);
  }

  private static Path compile(String name, List<Path> sources, String... path) {
    Path target = folder.resolve(name);
    List<String> arguments = new ArrayList<>(List.of(path));
    arguments.addAll(List.of("-d", target.toString(), "-Xlint:all", "-Werror"));
    sources.forEach(source -> arguments.add(source.toString()));
    run("javac", arguments);
    return target;
  }

  private static Path pack(Path classes) {
    Path jar = folder.resolve(classes.getFileName() + ".jar");
    run("jar", List.of("--create", "--file", jar.toString(), "-C", classes.toString(), "."));
    return jar;
  }

  private static void run(String tool, List<String> arguments) {
    ToolProvider found = ToolProvider.findFirst(tool).orElseThrow();
    assertEquals(0, found.run(System.out, System.err, arguments.toArray(String[]::new)), tool);
  }

  private static Path image() throws IOException {
    return Files.write(Files.createTempFile(folder, "image", ".img"), new byte[1 << 18]);
  }

  private static String java(Object... options) throws Exception {
    List<Object> all = new ArrayList<>(List.of(options));
    all.add(image());
    return ChildJvm.run(Map.of(), all.toArray());
  }

  private static String path(Path... jars) {
    StringBuilder path = new StringBuilder(LIBRARY).append(':').append(bouncyCastle);
    for (Path jar : jars) {
      path.append(':').append(jar);
    }
    return path.toString();
  }

  @Test
  void aPlainJarAddsAFileSystemOnTheClassPath() throws Exception {
    assertEquals(EXPECTED, java("-cp", path(plainProgram, plainDriver), "program.Program"));
  }

  @Test
  void aModuleAddsAFileSystemOnTheModulePath() throws Exception {
    assertEquals(
        EXPECTED, java("-p", path(moduleProgram, moduleDriver), "-m", "program/program.Program"));
  }

  @Test
  void aPlainJarAddsAFileSystemToAModularProgram() throws Exception {
    assertEquals(
        EXPECTED,
        java("-p", path(moduleProgram), "-cp", plainDriver, "-m", "program/program.Program"));
  }

  @Test
  void aDriverInAnApplicationsOwnClassLoaderIsFound() throws Exception {
    Path server = compile("server", List.of(source("Server", SERVER)));
    assertEquals(
        EXPECTED, java("-cp", server, "server.Server", path(), plainProgram + ":" + plainDriver));
  }
}
