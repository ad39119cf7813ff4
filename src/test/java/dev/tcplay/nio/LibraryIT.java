package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.ChildJvm;
import dev.tcplay.volume.VolumeBuilder;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of its own uses the library's jar: class path, module path, child class loader. */
class LibraryIT {

  private static final String PROGRAM =
      """
      package program;

      import dev.tcplay.Tcplay;
      import dev.tcplay.model.VolumeAttributes;
      import java.io.InputStream;
      import java.net.URI;
      import java.nio.charset.StandardCharsets;
      import java.nio.file.*;
      import java.util.Map;
      import java.util.concurrent.Callable;

      public final class Program {

        private Program() {}

        public static void main(String[] arguments) throws Exception {
          System.out.print(run(arguments));
        }

        public static String run(String... arguments) throws Exception {
          Path container = Path.of(arguments[1]);
          return switch (arguments[0]) {
            case "open" -> open(container);
            case "uri" -> uri(container);
            case "zip" -> zip(container);
            case "missing" -> missing(container);
            default -> credentials(container);
          };
        }

        private static String open(Path container) throws Exception {
          try (FileSystem volume = Tcplay.open(container).password("sesame").pim(1).mount()) {
            Path file = volume.getPath("/volume.img");
            var facts = Files.readAttributes(file, VolumeAttributes.class);
            return facts.volume().encryption().orElseThrow().cipher() + " " + Files.readString(file).strip()
                + " named=" + Tcplay.class.getModule().isNamed();
          }
        }

        private static String uri(Path container) throws Exception {
          URI uri = URI.create("tcplay:" + container.toUri());
          Map<String, ?> env = Map.of("password", "sesame", "pim", "1", "hash", "SHA-512");
          ClassLoader loader = Program.class.getClassLoader();
          try (FileSystem volume = FileSystems.newFileSystem(uri, env, loader)) {
            try {
              FileSystems.newFileSystem(uri, env, loader);
            } catch (FileSystemAlreadyExistsException e) {
              Path file = volume.provider().getPath(URI.create(uri + "!/volume.img"));
              try (InputStream stream = file.toUri().toURL().openStream()) {
                String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                return text.strip() + " " + (file.getFileSystem() == volume);
              }
            }
          }
          return "opened twice";
        }

        private static String zip(Path container) throws Exception {
          Path zip = container.resolveSibling("program.zip");
          FileSystems.newFileSystem(zip, Map.of("create", "true")).close();
          try (FileSystem archive = FileSystems.newFileSystem(zip)) {
            return archive.provider().getScheme();
          }
        }

        private static String missing(Path container) {
          var old = Tcplay.open(container).format("TrueCrypt").password("simsim");
          return String.join("\\n",
              reason(() -> old.open()),
              reason(() -> old.cipher("Blowfish").open()),
              reason(() -> Tcplay.open(container).password("sesame").filesystem("archive").mount()));
        }

        private static String reason(Callable<AutoCloseable> task) {
          try (AutoCloseable opened = task.call()) {
            return "opened " + opened;
          } catch (Exception e) {
            return e.toString();
          }
        }

        private static String credentials(Path container) throws Exception {
          try (FileSystem volume = Tcplay.open(container).pim(1).hash("sha512").mount()) {
            return volume.isOpen() ? "opened" : "closed";
          } catch (FileSystemException e) {
            return e.getClass().getSimpleName();
          }
        }
      }
      """;

  private static final String MODULE =
      """
      module program {
        requires dev.tcplay;
        exports program;
      }
      """;

  private static final String PROVIDER =
      """
      package program;

      import dev.tcplay.model.KeyProvider;
      import dev.tcplay.model.Keys;
      import java.nio.file.Path;
      import java.util.Optional;

      public final class Keeper implements KeyProvider {

        @Override
        public Optional<Keys> keys(Path container) {
          return container.toString().endsWith("container.tc")
              ? Optional.of(Keys.of("sesame"))
              : Optional.empty();
        }
      }
      """;

  private static final String LIBRARY = System.getProperty("tcplay.library");

  @TempDir static Path folder;

  private static Path container;
  private static Path bouncyCastle;
  private static Path classes;
  private static Path modules;
  private static Path keeper;

  @BeforeAll
  static void build() throws Exception {
    assertTrue(Files.isRegularFile(Path.of(LIBRARY)), LIBRARY);
    bouncyCastle = ChildJvm.bouncyCastle();
    classes = compile("classes", Map.of("Program", PROGRAM), "-cp", LIBRARY);
    modules = compile("modules", Map.of("Program", PROGRAM, "module-info", MODULE), "-p", LIBRARY);
    keeper = compile("keeper", Map.of("Keeper", PROVIDER), "-cp", LIBRARY);
    Path services = Files.createDirectories(keeper.resolve("META-INF/services"));
    Files.writeString(services.resolve("dev.tcplay.model.KeyProvider"), "program.Keeper\n");
    byte[] contents = Arrays.copyOf("the plaintext".getBytes(StandardCharsets.UTF_8), 40_960);
    Arrays.fill(contents, 13, contents.length, (byte) ' ');
    Path image = Files.write(folder.resolve("image"), contents);
    container = folder.resolve("container.tc");
    VolumeBuilder builder = new VolumeBuilder();
    builder
        .password("sesame".getBytes(StandardCharsets.UTF_8))
        .pim(1)
        .contents(image)
        .create(container);
  }

  private static Path compile(String name, Map<String, String> sources, String... path)
      throws IOException {
    Path target = Files.createDirectories(folder.resolve(name));
    List<String> arguments = new ArrayList<>(List.of(path));
    arguments.addAll(List.of("-d", target.toString(), "-Xlint:all", "-Werror"));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = Files.createDirectories(folder.resolve(name + "-source"));
      file = file.resolve(source.getKey() + ".java");
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    assertEquals(
        0,
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, arguments.toArray(String[]::new)));
    return target;
  }

  private static List<String> onClassPath(Path... more) {
    List<String> path = new ArrayList<>(List.of(LIBRARY, bouncyCastle.toString()));
    path.add(classes.toString());
    Arrays.stream(more).map(Path::toString).forEach(path::add);
    return List.of("-cp", String.join(":", path), "program.Program");
  }

  private static List<String> onModulePath(Path... more) {
    List<String> path = new ArrayList<>(List.of(LIBRARY, modules.toString()));
    Arrays.stream(more).map(Path::toString).forEach(path::add);
    return List.of("-p", String.join(":", path), "-m", "program/program.Program");
  }

  private static String java(Map<String, String> variables, List<String> options, String task)
      throws Exception {
    List<Object> all = new ArrayList<>(options);
    all.addAll(List.of(task, container));
    return ChildJvm.run(variables, all.toArray());
  }

  @Test
  void theClassPathWorks() throws Exception {
    assertEquals("AES the plaintext named=false", java(Map.of(), onClassPath(), "open"));
    assertEquals("the plaintext true", java(Map.of(), onClassPath(), "uri"));
    assertEquals("jar", java(Map.of(), onClassPath(), "zip"));
  }

  @Test
  void theModulePathWorks() throws Exception {
    assertEquals("AES the plaintext named=true", java(Map.of(), onModulePath(), "open"));
    assertEquals("the plaintext true", java(Map.of(), onModulePath(), "uri"));
    assertEquals("jar", java(Map.of(), onModulePath(), "zip"));
  }

  @Test
  void whatIsMissingOnTheModulePathIsSaidWithWhatItIsFor() throws Exception {
    List<String> said = java(Map.of(), onModulePath(), "missing").lines().toList();
    String place = "need Bouncy Castle: org.bouncycastle:bcprov-jdk18on on the class path";
    assertTrue(said.get(0).contains("not tried: Blowfish, CAST5 and Triple DES"), said.get(0));
    assertTrue(said.get(0).contains("WrongPasswordException"), said.get(0));
    assertTrue(said.get(1).contains(container + ": Blowfish"), said.get(1));
    assertTrue(said.get(1).contains(place), said.get(1));
    assertTrue(said.get(2).contains("archives need org.apache.commons:commons-compress"));
  }

  /** Its module gives the JDK a service, so that nobody need name it. */
  @Test
  void bouncyCastleIsUsedWhereItIsOnTheModulePath() throws Exception {
    List<String> said = java(Map.of(), onModulePath(bouncyCastle), "missing").lines().toList();
    assertTrue(said.get(0).contains("WrongPasswordException"), said.get(0));
    assertTrue(said.get(1).contains("WrongPasswordException"), said.get(1));
    assertFalse(String.join("", said).contains("Bouncy Castle"), said.get(0));
  }

  @Test
  void aChildClassLoaderWorks() throws Exception {
    URL[] urls = {
      Path.of(LIBRARY).toUri().toURL(), bouncyCastle.toUri().toURL(), classes.toUri().toURL()
    };
    try (URLClassLoader child = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      var run = child.loadClass("program.Program").getMethod("run", String[].class);
      String path = container.toString();
      assertEquals(
          "AES the plaintext named=false", run.invoke(null, (Object) new String[] {"open", path}));
      assertEquals("the plaintext true", run.invoke(null, (Object) new String[] {"uri", path}));
    }
  }

  @Test
  void credentialsComeFromTheirSourcesInOrder() throws Exception {
    String right = Files.writeString(folder.resolve("right"), "sesame\n").toString();
    String wrong = Files.writeString(folder.resolve("wrong"), "basil\n").toString();
    Map<String, String> none = Map.of();
    Map<String, String> rightVariable = Map.of("TCPLAY_PASSWORD_FILE", right);
    Map<String, String> wrongVariable = Map.of("TCPLAY_PASSWORD_FILE", wrong);
    assertEquals("MissingCredentialsException", java(none, onClassPath(), "credentials"));
    assertEquals("opened", java(none, with("-Dtcplay.passwordFile=" + right), "credentials"));
    assertEquals(
        "opened", java(rightVariable, with("-Dtcplay.passwordFile=" + wrong), "credentials"));
    assertEquals(
        "WrongPasswordException",
        java(wrongVariable, with("-Dtcplay.passwordFile=" + right), "credentials"));
    assertEquals("opened", java(wrongVariable, onClassPath(keeper), "credentials"));
  }

  private static List<String> with(String option) {
    List<String> options = new ArrayList<>(List.of(option));
    options.addAll(onClassPath());
    return options;
  }
}
