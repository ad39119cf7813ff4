package dev.tcplay.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Opens a container by its name only, as a program does that knows nothing of this library. */
final class NamedUriProgram {

  private NamedUriProgram() {}

  /** Prints what comes of it, and ends without closing anything. */
  public static void main(String[] names) throws Exception {
    for (String name : names) {
      URI uri = URI.create("tcplay://" + name + "/dir");
      try {
        FileSystems.getFileSystem(uri);
      } catch (FileSystemNotFoundException e) {
        System.out.println("before: " + e.getMessage());
      }
      try {
        use(uri);
      } catch (FileSystemNotFoundException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }

  private static void use(URI uri) throws Exception {
    Set<Path> paths = openAtOnce(uri);
    System.out.println("threads found " + paths.size());
    Path folder = paths.iterator().next();
    System.out.println("uri " + folder.toUri() + " " + folder.equals(Path.of(folder.toUri())));
    Path first = Files.createDirectory(folder).resolve("a!b");
    Files.writeString(first, "first");
    System.out.println("url " + text(first.toUri().toURL()));
    jars(folder.resolve("x.jar"));
    System.out.println("again " + Path.of(uri).equals(folder));
    System.out.println("open " + FileSystems.getFileSystem(uri).isOpen());
    folder.getFileSystem().close();
    Path reopened = Path.of(first.toUri());
    System.out.println("reopened " + Files.readString(reopened) + " " + reopened.equals(first));
    Files.writeString(reopened.resolveSibling("last"), "last");
  }

  private static String text(URL url) throws IOException {
    try (InputStream stream = url.openStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Shows what the JDK makes a copy of in clear, by taking the folder away where it would lie. */
  private static void jars(Path jar) throws IOException {
    try (FileSystem archive = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
      Files.writeString(archive.getPath("entry"), "entry");
    }
    URL[] urls = {jar.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, null)) {
      System.out.println("loader " + loader.getResource("entry"));
    }
    Files.delete(Path.of(System.getProperty("java.io.tmpdir")));
    try {
      System.out.println("jar " + text(new URL("jar:" + urls[0] + "!/entry")));
    } catch (NoSuchFileException e) {
      Path copy = Path.of(e.getFile());
      System.out.println(
          "copy "
              + copy.getParent().endsWith("temporary")
              + " "
              + copy.getFileName().toString().replaceAll("[0-9]", ""));
    }
    Files.delete(jar);
  }

  private static Set<Path> openAtOnce(URI uri) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Path>> tasks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        tasks.add(() -> Path.of(uri));
      }
      Set<Path> paths = new HashSet<>();
      for (Future<Path> path : threads.invokeAll(tasks)) {
        try {
          paths.add(path.get());
        } catch (java.util.concurrent.ExecutionException e) {
          throw (Exception) e.getCause();
        }
      }
      return paths;
    } finally {
      threads.shutdown();
    }
  }
}
