package dev.tcplay.contract;

import static dev.tcplay.contract.Case.everywhere;
import static dev.tcplay.contract.Case.opened;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Points 98 to 104: what others do with paths of ours. */
final class ConsumerCases {

  private static final String CALLABLE =
      "package p; public class C implements java.util.concurrent.Callable<String> {"
          + " public String call() { return \"called\"; } }";

  private ConsumerCases() {}

  static List<Case> all() {
    return List.of(
        everywhere("98", place -> assertTrue(Files.size(compile(place, CALLABLE, List.of())) > 0)),
        everywhere("99", ConsumerCases::classPath),
        everywhere("100", ConsumerCases::classPathOfJar),
        everywhere("101", ConsumerCases::explodedModule),
        everywhere("102", ConsumerCases::modularJar),
        opened("103", ConsumerCases::classLoader),
        everywhere("104", ConsumerCases::zipInside));
  }

  /** Compiles a class C of package p into the folder "out", and returns the class file. */
  private static Path compile(Place place, String source, List<Path> classPath) throws IOException {
    Path out = Files.createDirectories(place.path("out"));
    Path file = place.path("C.java");
    Files.writeString(file, source);
    javac(out, classPath, file);
    return out.resolve("p/C.class");
  }

  private static void javac(Path out, List<Path> classPath, Path... sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(out));
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
      // Otherwise javac makes a class loader of the class path, for which it wants files.
      files.setLocationFromPaths(StandardLocation.ANNOTATION_PROCESSOR_PATH, List.of());
      assertTrue(
          compiler
              .getTask(
                  null,
                  files,
                  null,
                  List.of("-Xlint:-options"),
                  null,
                  files.getJavaFileObjects(sources))
              .call());
    }
  }

  private static void classPath(Place place) throws Exception {
    Path classes = compile(place, CALLABLE, List.of()).getParent().getParent();
    Path user = place.file("D.java", "class D extends p.C {}");
    javac(Files.createDirectory(place.path("second")), List.of(classes), user);
    assertTrue(Files.exists(place.path("second/D.class")));
  }

  private static void classPathOfJar(Place place) throws Exception {
    Path jar = jar(place, compile(place, CALLABLE, List.of()).getParent().getParent());
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Path user = place.file("D.java", "class D extends p.C {}");
      javac(Files.createDirectory(place.path("second")), List.of(zip.getPath("/")), user);
      assertTrue(Files.exists(place.path("second/D.class")));
    }
  }

  /** Makes a jar, module "m" if there is a module-info among the classes. */
  private static Path jar(Place place, Path classes) throws IOException {
    Path jar = Files.createDirectories(place.path("lib")).resolve("m.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
    return jar;
  }

  private static void explodedModule(Place place) throws Exception {
    load(module(place));
  }

  private static Path module(Place place) throws IOException {
    Path out = Files.createDirectories(place.path("out"));
    Path info = place.file("module-info.java", "module m { exports p; }");
    javac(out, List.of(), info, place.file("C.java", CALLABLE));
    return out;
  }

  private static void load(Path modules) throws Exception {
    Configuration m =
        ModuleLayer.boot()
            .configuration()
            .resolve(ModuleFinder.of(modules), ModuleFinder.of(), Set.of("m"));
    ClassLoader loader =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(m, ClassLoader.getSystemClassLoader())
            .findLoader("m");
    assertEquals("called", call(loader));
  }

  private static Object call(ClassLoader loader) throws Exception {
    return ((Callable<?>) loader.loadClass("p.C").getDeclaredConstructor().newInstance()).call();
  }

  private static void modularJar(Place place) throws Exception {
    load(jar(place, module(place)).getParent());
  }

  private static void classLoader(Place place) throws Exception {
    Path classes = compile(place, CALLABLE, List.of()).getParent().getParent();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      assertEquals("called", call(loader));
    }
  }

  private static void zipInside(Place place) throws Exception {
    Path zip = place.path("inside.zip");
    try (FileSystem made = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Files.write(made.getPath("/a"), Place.bytes(100_000));
    }
    try (FileSystem opened = FileSystems.newFileSystem(zip)) {
      assertEquals(100_000, Files.readAllBytes(opened.getPath("/a")).length);
    }
  }
}
