package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Commands that get SIGINT or SIGTERM at random moments, {@code -Dtcplay.stops} times each: volumes
 * stay sound, nothing leaks, and nothing unfinished is left in the volume or on the host.
 */
@DisabledOnOs(OS.WINDOWS)
class StopsIT {

  /** What a virtual machine prints that a signal met while it began; its status is then 1. */
  private static final String VM_FAILURE = "Error occurred during initialization of VM";

  /** What JDK 25 prints of a signal that it meets before its modules are there. */
  private static final String LOG_FAILURE = "Runtime\\.exit\\(\\d+\\) logging failed: .*\\n";

  private static final Path COMMAND = Path.of(System.getProperty("tcplay.command"));
  private static final int STOPS = Integer.getInteger("tcplay.stops", 2);
  private static final int IMAGE = 48 << 20;
  private static final int ONES = 200;

  /** What gets a signal, and what it does to the image or beside it. */
  enum Work {
    PUT("put --plain IMAGE SOURCE/new SOURCE/big /"),
    GET("get --plain IMAGE / OUT"),
    CP("cp --plain -r IMAGE old copy"),
    RM("rm --plain -r IMAGE old"),
    MV("mv --plain IMAGE ONES moved"),
    EXPORT("export --plain IMAGE OUT/volume.img"),
    CREATE("create --password x --pim 1 --hash sha512 --size 24M OUT/new.hc"),
    IMPORT("import --plain IMAGE OTHER"),
    FORMAT("format --plain --label FRESH IMAGE");

    private final String line;

    Work(String line) {
      this.line = line;
    }

    /** What it says of its options before it begins, a pattern. */
    private String advice() {
      return this == CREATE
          ? "tcplay: warning: the password has .*\\ntcplay: warning: by PIM 1 .*\\n"
          : "";
    }
  }

  @TempDir private Path folder;
  private Path pristine;
  private Path image;
  private Path other;
  private Path source;
  private Path out;

  /** What every file holds, by the path that it has in the volume before it is copied or moved. */
  private final Map<String, byte[]> contents = new TreeMap<>();

  /** What is in the volume at first. */
  private final Map<String, byte[]> atFirst = new TreeMap<>();

  @BeforeEach
  void prepare() throws Exception {
    Random random = new Random(1);
    image = folder.resolve("image");
    out = folder.resolve("out");
    source = folder.resolve("source");
    pristine = newImage("pristine");
    other = newImage("other");
    try (FileSystem volume = Tcplay.open(pristine).format("plain").mount()) {
      Path root = volume.getPath("/");
      Files.createDirectories(root.resolve("old/below"));
      Files.createDirectory(root.resolve("moved"));
      for (int i = 0; i < ONES; i++) {
        write(root, "old/below/o" + i, random, i * 200);
        write(root, "one" + i, random, i);
      }
      write(root, "old/large", random, 8 << 20);
    }
    atFirst.putAll(contents);
    Files.createDirectories(source.resolve("new/below"));
    for (int i = 0; i < 60; i++) {
      write(source, "new/below/n" + i, random, i * 500);
    }
    write(source, "big", random, 12 << 20);
  }

  private Path newImage(String name) throws IOException {
    Path made = Files.write(folder.resolve(name), new byte[IMAGE]);
    assertEquals(0, new CommandRun().run("format", "--plain", "--type", "FAT32", made).status());
    return made;
  }

  private void write(Path directory, String name, Random random, int size) throws IOException {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    Files.write(directory.resolve(name), bytes);
    contents.put(name, bytes);
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void aStopLeavesThingsInOrder(Work work) throws Exception {
    Random random = new Random(Seeds.of("StopsIT"));
    long whole = 0;
    // The second time the code is in memory already, as it is for the runs that follow.
    for (int i = 0; i < 2; i++) {
      begin();
      long start = System.nanoTime();
      CommandRun.Result result = process(work).run();
      whole = System.nanoTime() - start;
      assertTrue(result.err().matches(work.advice()), result.err());
      assertEquals(0, result.status());
      check(work, "");
    }
    int stopped = 0;
    int byTerminal = 0;
    for (int i = 0; i < STOPS; i++) {
      begin();
      String signal = random.nextBoolean() && Signals.takeInterrupts() ? "INT" : "TERM";
      Duration after = Duration.ofNanos((long) (random.nextDouble() * 1.1 * whole));
      CommandRun.Result result = process(work).runWithSignal(signal, after);
      String err = result.err().replaceFirst(LOG_FAILURE, "");
      String said = err.replaceFirst("^(tcplay: warning: .*\\n)*", "");
      String what =
          "%s, SIG%s after %s: %d %s".formatted(work, signal, after, result.status(), result.err());
      if (result.status() != 0 && !result.out().startsWith(VM_FAILURE)) {
        assertEquals(signal.equals("INT") ? 130 : 143, result.status(), what);
      }
      if (err.isEmpty() && result.status() != 0) {
        // The signal came before the command was there to say anything.
        assertEquals(-1, Files.mismatch(pristine, image), what);
        assertEquals(Map.of(), files(out), what);
      } else if (result.status() == 0) {
        assertEquals("", said, what);
      } else {
        assertTrue(said.matches("tcplay: interrupted(; .*)?\n"), what);
        stopped++;
        byTerminal += signal.equals("INT") ? 1 : 0;
      }
      try {
        check(work, said);
      } catch (AssertionError e) {
        throw new AssertionError(what, e);
      }
    }
    System.out.printf(
        "StopsIT: %d of %d of %s stopped in the command, %d by SIGINT%n",
        stopped, STOPS, work, byTerminal);
  }

  private void begin() throws IOException {
    Files.copy(pristine, image, StandardCopyOption.REPLACE_EXISTING);
    if (Files.exists(out)) {
      try (Stream<Path> below = Files.walk(out)) {
        for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    Files.createDirectory(out);
  }

  private JavaProcess process(Work work) {
    JavaProcess process = JavaProcess.java("-XX:TieredStopAtLevel=1", "-jar", COMMAND);
    for (String word : work.line.split(" ", -1)) {
      if (word.equals("ONES")) {
        IntStream.range(0, ONES).forEach(i -> process.arguments("one" + i));
      } else {
        process.arguments(
            word.replaceFirst("^IMAGE$", image.toString())
                .replaceFirst("^OTHER$", other.toString())
                .replaceFirst("^SOURCE", source.toString())
                .replaceFirst("^OUT", out.toString()));
      }
    }
    return process;
  }

  private void check(Work work, String said) throws Exception {
    try (Stream<Path> names = Files.walk(folder)) {
      assertEquals(List.of(), names.filter(StopsIT::isUnfinished).toList());
    }
    switch (work) {
      case PUT, CP, RM, MV -> checkVolume(work);
      case GET -> {
        files(out).forEach((name, bytes) -> assertArrayEquals(contents.get(name), bytes, name));
        assertEquals(-1, Files.mismatch(pristine, image));
      }
      case EXPORT -> {
        Path made = out.resolve("volume.img");
        assertTrue(!Files.exists(made) || Files.mismatch(made, image) == -1);
        assertEquals(-1, Files.mismatch(pristine, image));
      }
      case CREATE -> checkContainer(out.resolve("new.hc"));
      case IMPORT, FORMAT -> checkReplaced(said);
    }
  }

  private static boolean isUnfinished(Path path) {
    return path.getFileName().toString().matches("\\.tcplay-.*|\\..*\\.tmp");
  }

  private void assertSound() throws Exception {
    Judge.Verdict verdict = Judge.run("fsck.fat", "-n", image.toString());
    assertEquals(0, verdict.status(), verdict.output());
  }

  private void checkVolume(Work work) throws Exception {
    assertSound();
    Map<String, byte[]> expected = new TreeMap<>(atFirst);
    try (FileSystem volume = Tcplay.open(image).format("plain").readOnly(true).mount()) {
      files(volume.getPath("/"))
          .forEach(
              (name, bytes) -> {
                String first =
                    switch (work) {
                      case CP -> name.replaceFirst("^copy/", "old/");
                      case MV -> name.replaceFirst("^moved/", "");
                      default -> name;
                    };
                assertArrayEquals(contents.get(first), bytes, name);
                boolean isThere = expected.remove(first) != null;
                assertTrue(isThere || work == Work.PUT || work == Work.CP, name);
              });
    }
    expected.keySet().removeIf(name -> work == Work.RM && name.startsWith("old/"));
    assertEquals(List.of(), List.copyOf(expected.keySet()));
  }

  private static void checkContainer(Path made) throws IOException {
    if (Files.exists(made)) {
      try (FileSystem volume = Tcplay.open(made).password("x".toCharArray()).pim(1).mount()) {
        assertEquals(Map.of(), files(volume.getPath("/")));
      }
    }
  }

  private void checkReplaced(String said) throws Exception {
    String type;
    try (FileSystem volume = Tcplay.open(image).format("plain").readOnly(true).mount()) {
      type = Files.getFileStore(volume.getPath("/")).type();
      if (said.contains("no file system")) {
        assertEquals("tcplay:raw", type);
        return;
      }
      if (Files.mismatch(pristine, image) != -1) {
        assertFalse(said.contains("nothing was"), said);
        assertEquals(Map.of(), files(volume.getPath("/")));
      }
    }
    assertSound();
  }

  /** Returns the files below a directory, by their paths from there. */
  private static Map<String, byte[]> files(Path directory) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> below = Files.walk(directory)) {
      for (Path path : below.toList()) {
        assertFalse(path.getNameCount() > 0 && isUnfinished(path), () -> "left: " + path);
        if (Files.isRegularFile(path)) {
          files.put(directory.relativize(path).toString(), Files.readAllBytes(path));
        }
      }
    }
    return files;
  }
}
