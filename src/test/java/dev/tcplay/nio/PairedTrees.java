package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Does the same random operations on two directory trees, one of them the model, and compares what
 * comes of each: a value or the class of an exception. For one thread.
 */
final class PairedTrees {

  /** Why a path is refused that leads on from a file. */
  private static final String BELOW_FILE = "Not a directory";

  private static final String NO_DIRECTORY = NotDirectoryException.class.getSimpleName();

  /** What the model says instead. */
  private static final Set<String> AS_BELOW_FILE =
      Set.of(
          NoSuchFileException.class.getSimpleName(),
          FileAlreadyExistsException.class.getSimpleName());

  private static final List<String> NAMES =
      List.of(
          "a",
          "b.txt",
          "Mixed Case.Name",
          "a name that is longer than others, and longer still.text",
          "ünïcode 日本",
          "dir",
          "dir.d",
          "x".repeat(120));
  private static final int DEEPEST = 4;

  private final Path ours;
  private final Path model;
  private final Random random;
  private final boolean isCaseless;
  private final boolean hasDos;
  private final List<String> journal = new ArrayList<>();
  private final PairedContents contents;
  private final PairedLinks links;

  /** What an operation does on one of the trees. */
  interface Operation {
    Object run(Path root) throws IOException;
  }

  PairedTrees(Path ours, Path model, Random random) {
    this.ours = ours;
    this.model = model;
    this.random = random;
    this.contents = new PairedContents(this, random);
    this.links = new PairedLinks(this, random);
    FileSystem fileSystem = model.getFileSystem();
    this.isCaseless = fileSystem.getPath("a").equals(fileSystem.getPath("A"));
    this.hasDos = fileSystem.supportedFileAttributeViews().contains("dos");
  }

  /** Returns the same operations, to be gone on with in the file system that is open now. */
  PairedTrees reopened(Path nowOurs) {
    PairedTrees next = new PairedTrees(nowOurs, model, random);
    next.journal.addAll(journal);
    return next;
  }

  Path model() {
    return model;
  }

  /** Does an operation on both trees, and compares what comes of it. */
  void both(String text, Operation operation) {
    journal.add(text);
    String expected = outcome(operation, model);
    String found = outcome(operation, ours);
    boolean isBelowFile = found.equals(BELOW_FILE) || found.equals(NO_DIRECTORY);
    if (isBelowFile && AS_BELOW_FILE.contains(expected)) {
      // A link may lead there. To the model that is missing, and to whoever makes directories it is
      // the link that is in the way; the file system of JDK 17 says what ours does.
      found = expected;
    } else if (found.equals(BELOW_FILE)) {
      found = IOException.class.getSimpleName();
    }
    assertEquals(expected, found, () -> String.join("\n", journal));
  }

  private static String outcome(Operation operation, Path root) {
    try {
      return String.valueOf(operation.run(root));
    } catch (FileSystemException e) {
      return BELOW_FILE.equals(e.getReason()) ? BELOW_FILE : name(e);
    } catch (IOException e) {
      return name(e);
    }
  }

  /** The model throws an IOException for a loop, and for what would come to lie in itself. */
  private static String name(IOException e) {
    return e instanceof FileSystemLoopException || e.getClass() == FileSystemException.class
        ? IOException.class.getSimpleName()
        : e.getClass().getSimpleName();
  }

  /** Returns a path below the roots, of directories that are there and perhaps a new name. */
  String anyPath() throws IOException {
    Path directory = model;
    for (int depth = 0; depth < DEEPEST; depth++) {
      List<Path> directories;
      try (Stream<Path> entries = Files.list(directory)) {
        directories = entries.filter(Files::isDirectory).sorted().toList();
      }
      if (directories.isEmpty() || random.nextInt(3) == 0) {
        break;
      }
      directory = directories.get(random.nextInt(directories.size()));
    }
    return anyCase(model.relativize(directory.resolve(anyName())).toString());
  }

  private String anyName() {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    return random.nextInt(3) == 0 ? name + random.nextInt(3) : name;
  }

  /** Names are found in any case; the model knows that of ASCII only. */
  private String anyCase(String path) {
    return isCaseless && random.nextInt(6) == 0 && path.chars().allMatch(c -> c < 0x80)
        ? path.toUpperCase(Locale.ROOT)
        : path;
  }

  /** Does something; the time of the directory above, old before it, tells whether it changed. */
  void step() throws IOException {
    String path = anyPath();
    FileTime old = anyTime();
    both("time above " + path, root -> Files.setLastModifiedTime(above(root, path), old) != null);
    operate(path);
    both("look at time above " + path, root -> TreePicture.modified(above(root, path)));
  }

  private static Path above(Path root, String path) {
    return root.resolve(path).getParent();
  }

  /** Returns a time that is not recent. */
  private FileTime anyTime() {
    return FileTime.fromMillis(1_000_000_000_000L + random.nextInt(1_000_000_000));
  }

  private void operate(String path) throws IOException {
    switch (random.nextInt(20)) {
      case 0, 1, 2 -> contents.writeAll(path);
      case 3, 4 -> contents.writeSomewhere(path);
      case 5 -> contents.truncate(path);
      case 6 -> contents.readSomewhere(path);
      case 7, 8, 9 ->
          both(
              "createDirectory " + path, root -> Files.createDirectory(root.resolve(path)) != null);
      case 10 -> {
        String deeper = path + "/" + anyName();
        both("createDirectories " + deeper, root -> isMade(root.resolve(deeper)));
      }
      case 11 -> both("delete " + path, root -> deleted(root.resolve(path)));
      case 12 -> both("deleteIfExists " + path, root -> Files.deleteIfExists(root.resolve(path)));
      case 13, 14 -> copy(path, anyPath());
      case 15, 16 -> move(path, anyPath());
      case 17 -> setAttributes(path);
      case 18 -> both("list " + path, root -> list(root.resolve(path)));
      default -> look(path);
    }
  }

  /** Does something with links: makes one to a file that may be there, or looks at one. */
  void linkStep() throws IOException {
    links.step();
  }

  private static boolean isMade(Path directory) throws IOException {
    // What the JDK makes of a file in the way depends on more than the provider.
    return hasFileAbove(directory) || Files.createDirectories(directory) != null;
  }

  private static boolean hasFileAbove(Path path) {
    return Files.isRegularFile(path) || Files.isRegularFile(path.getParent());
  }

  private static boolean deleted(Path path) throws IOException {
    Files.delete(path);
    return true;
  }

  private static Set<String> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(entry -> entry.getFileName().toString().toUpperCase(Locale.ROOT))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /**
   * Returns whether one path leads into the other, also through links: the model looks for that
   * before anything else, and the JDK's own file system after some.
   */
  private boolean areRelated(String path, String other) throws IOException {
    for (Path one : placesOf(path)) {
      for (Path two : placesOf(other)) {
        if (one.startsWith(two) || two.startsWith(one)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns the places of a path in capitals: as it is written, and without links. */
  private List<Path> placesOf(String path) throws IOException {
    Path written = model.resolve(path);
    List<Path> places = new ArrayList<>(List.of(written));
    Path parent = written.getParent();
    if (Files.exists(parent)) {
      places.add(parent.toRealPath().resolve(written.getFileName()));
    }
    if (Files.exists(written)) {
      places.add(written.toRealPath());
    }
    return places.stream().map(each -> Path.of(each.toString().toUpperCase(Locale.ROOT))).toList();
  }

  private void copy(String from, String to) throws IOException {
    CopyOption[] options =
        switch (random.nextInt(3)) {
          case 0 -> new CopyOption[] {StandardCopyOption.REPLACE_EXISTING};
          case 1 -> new CopyOption[] {StandardCopyOption.COPY_ATTRIBUTES};
          default -> new CopyOption[0];
        };
    if (!areRelated(from, to)) {
      both(
          "copy " + from + " to " + to + " " + Arrays.toString(options),
          root -> Files.copy(root.resolve(from), root.resolve(to), options) != null);
    }
  }

  private void move(String from, String to) throws IOException {
    CopyOption[] options =
        random.nextBoolean()
            ? new CopyOption[] {StandardCopyOption.REPLACE_EXISTING}
            : new CopyOption[0];
    if (!areRelated(from, to)) {
      both(
          "move " + from + " to " + to + " " + Arrays.toString(options),
          root -> Files.move(root.resolve(from), root.resolve(to), options) != null);
    }
  }

  private void setAttributes(String path) {
    boolean hidden = random.nextBoolean();
    boolean system = random.nextBoolean();
    FileTime time = anyTime();
    both(
        "attributes of " + path,
        root -> {
          Path file = root.resolve(path);
          if (hasDos) {
            Files.setAttribute(file, "dos:hidden", hidden);
            Files.setAttribute(file, "dos:system", system);
          }
          Files.setLastModifiedTime(file, time);
          return hasDos ? Files.getAttribute(file, "dos:hidden") : "";
        });
  }

  private void look(String path) {
    both(
        "look at " + path,
        root -> {
          Path file = root.resolve(path);
          return List.of(
              Files.exists(file),
              Files.isDirectory(file),
              Files.isRegularFile(file),
              Files.isWritable(file),
              Files.isRegularFile(file) ? Files.size(file) : 0);
        });
  }
}
