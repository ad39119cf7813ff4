package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.common.jimfs.PathNormalization;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the changing commands do to files, in a volume that takes no notice of case, as FAT. */
class ChangesTest {

  @TempDir private Path folder;
  private FileSystem volume;
  private String said = "";

  @BeforeEach
  void makeVolume() {
    volume =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder()
                .setWorkingDirectory("/")
                .setNameCanonicalNormalization(PathNormalization.CASE_FOLD_ASCII)
                .setPathEqualityUsesCanonicalForm(true)
                .build());
  }

  @AfterEach
  void closeVolume() throws IOException {
    volume.close();
  }

  private void change(Function<Terminal, ChangeCommand> maker, Object... arguments)
      throws IOException {
    PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new Output(new ByteArrayOutputStream()),
            err,
            question -> null,
            null);
    ChangeCommand command = maker.apply(terminal);
    List<String> words = new ArrayList<>();
    Stream.of(arguments).map(Object::toString).forEach(words::add);
    // The container; it stands before the paths and behind the options.
    int options = 0;
    while (options < words.size() && words.get(options).matches("-.+")) {
      options += words.get(options).equals("--time") ? 2 : 1;
    }
    words.add(options, "container");
    new CommandLine(command).parseArgs(words.toArray(new String[0]));
    List<String> lines = new ArrayList<>();
    command.change(volume, new FailureLog(failure -> lines.add(Failures.message(failure))));
    said = String.join("\n", lines);
  }

  private void file(String path, String text) throws IOException {
    Path file = volume.getPath(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Returns each file with its text, each directory with a slash. */
  private SortedMap<String, String> tree() throws IOException {
    SortedMap<String, String> tree = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(volume.getPath("/"))) {
      for (Path path : paths.skip(1).toList()) {
        tree.put(path.toString(), Files.isDirectory(path) ? "/" : Files.readString(path));
      }
    }
    return tree;
  }

  private String names() throws IOException {
    return String.join(" ", tree().keySet());
  }

  @Test
  void putCopiesWholeDirectoriesAndMergesThem() throws IOException {
    file("/in/docs/old.txt", "old");
    file("/in/docs/a.txt", "old");
    Path docs = Files.createDirectories(folder.resolve("docs/deep"));
    Files.writeString(folder.resolve("docs/a.txt"), "new");
    Files.writeString(docs.resolve("b.txt"), "b");
    Path alone = Files.writeString(folder.resolve("alone"), "");
    change(PutCommand::new, docs.getParent(), alone, "in");
    assertEquals("", said);
    assertEquals(
        "{/in=/, /in/alone=, /in/docs=/, /in/docs/a.txt=new, /in/docs/deep=/,"
            + " /in/docs/deep/b.txt=b, /in/docs/old.txt=old}",
        tree().toString());
  }

  @Test
  void putMakesItsTargetAndTakesTheContentsOfADot() throws IOException {
    Files.writeString(folder.resolve("a"), "a");
    change(PutCommand::new, folder.resolve("."), "x/y");
    assertEquals("", said);
    assertEquals("{/x=/, /x/y=/, /x/y/a=a}", tree().toString());
  }

  @Test
  void putFollowsOnlyALinkThatIsNamed() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("secret"), "s");
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Files.createSymbolicLink(tree.resolve("file"), elsewhere.resolve("secret"));
    Files.createSymbolicLink(tree.resolve("folder"), elsewhere);
    Path named = Files.createSymbolicLink(folder.resolve("named"), elsewhere);
    change(PutCommand::new, tree, named, "/");
    assertEquals(
        tree.resolve("file")
            + ": is a symbolic link, which is not followed\n"
            + tree.resolve("folder")
            + ": is a symbolic link, which is not followed",
        said);
    assertEquals("/named /named/secret /tree", names());
  }

  @Test
  void putNeverTurnsTwoFilesIntoOne() throws IOException {
    Files.writeString(folder.resolve("A"), "first");
    Files.writeString(folder.resolve("a"), "second");
    Path twins = Files.createDirectories(folder.resolve("twins"));
    Files.createDirectory(twins.resolve("D"));
    Files.createDirectory(twins.resolve("d"));
    Files.writeString(twins.resolve("d/x"), "x");
    change(PutCommand::new, folder.resolve("A"), folder.resolve("a"), twins, "/");
    assertEquals(
        "/a: another of these files has this name there\n"
            + "/twins/d: another of these files has this name there",
        said);
    assertEquals("{/A=first, /twins=/, /twins/D=/}", tree().toString());
  }

  @Test
  void aFailedPutLeavesTheOldFileAndNoPart() throws IOException {
    file("/kept", "old");
    file("/taken/x", "x");
    Files.createDirectory(folder.resolve("kept"));
    Files.writeString(folder.resolve("taken"), "");
    change(PutCommand::new, folder.resolve("kept"), folder.resolve("taken"), "/");
    assertEquals("/kept: exists already\n/taken: is a directory", said);
    assertEquals("{/kept=old, /taken=/, /taken/x=x}", tree().toString());
  }

  @Test
  void mkdirMakesParentsWithPOnly() throws IOException {
    change(MkdirCommand::new, "a", "b/c");
    assertEquals("/b/c: no such file", said);
    change(MkdirCommand::new, "-p", "a", "b/c");
    assertEquals("", said);
    change(MkdirCommand::new, "a", "d");
    assertEquals("/a: exists already", said);
    assertEquals("/a /b /b/c /d", names());
  }

  @Test
  void rmTakesDirectoriesWithROnlyAndNeverTheRoot() throws IOException {
    file("/d/e/f", "");
    file("/g", "");
    file("/h", "");
    change(RmCommand::new, "d", "g", "absent");
    assertEquals("/d: is a directory, and is removed with -r only\n/absent: no such file", said);
    assertEquals("/d /d/e /d/e/f /h", names());
    change(RmCommand::new, "-r", "/", "..", "d/../../..", ".");
    assertEquals(String.join("\n", Collections.nCopies(4, "/: the root is not removed")), said);
    change(RmCommand::new, "-r", "d");
    assertEquals("", said);
    assertEquals("/h", names());
  }

  @Test
  void mvMovesIntoADirectoryOrToAName() throws IOException {
    file("/a", "a");
    file("/b", "b");
    file("/d/x", "x");
    change(MvCommand::new, "a", "b", "d");
    assertEquals("{/d=/, /d/a=a, /d/b=b, /d/x=x}", tree().toString());
    change(MvCommand::new, "d/a", "d/x");
    change(MvCommand::new, "d", "e");
    assertEquals("{/e=/, /e/b=b, /e/x=a}", tree().toString());
    change(MvCommand::new, "e/b", "..");
    assertEquals("{/b=b, /e=/, /e/x=a}", tree().toString());
    assertEquals("", said);
  }

  @ParameterizedTest
  @CsvSource({
    "d, d/e, a directory cannot go into itself",
    "d, D/E, a directory cannot go into itself",
    "d, d, a directory cannot go into itself",
    "d/e, d, is that file already",
    "f, f, is that file already",
    "/, d, the root stays where it is",
    "d, f, not a directory",
    "absent, d, no such file",
    "f, no/where, no such file",
    "g, c, is a directory"
  })
  void whatCannotMoveOrBeCopiedStays(String from, String to, String message) throws IOException {
    file("/d/e/f", "1");
    file("/f", "2");
    file("/c/g/h", "3");
    file("/g", "4");
    SortedMap<String, String> before = tree();
    change(MvCommand::new, from, to);
    assertTrue(said.contains(message), said);
    change(CpCommand::new, "-r", from, to);
    assertTrue(said.contains(message), said);
    assertEquals(before, tree());
  }

  @Test
  void severalFilesGoIntoADirectoryOnly() throws IOException {
    file("/a", "a");
    file("/b", "b");
    for (Function<Terminal, ChangeCommand> command :
        List.<Function<Terminal, ChangeCommand>>of(MvCommand::new, CpCommand::new)) {
      assertThrows(FileSystemException.class, () -> change(command, "a", "b", "c"));
      assertThrows(FileSystemException.class, () -> change(command, "a", "b", "b"));
    }
    assertEquals("{/a=a, /b=b}", tree().toString());
  }

  @Test
  void cpCopiesAndMerges() throws IOException {
    file("/d/x", "x");
    file("/d/e/y", "y");
    change(CpCommand::new, "d/x", "z");
    assertEquals("", said);
    change(CpCommand::new, "d", "copy");
    assertEquals("/d: is a directory, and is copied with -r only", said);
    change(CpCommand::new, "-r", "d", "copy");
    file("/copy/x", "changed");
    file("/to/d/e/old", "old");
    change(CpCommand::new, "-r", "d", "z", "to");
    assertEquals("", said);
    assertEquals(
        "{/copy=/, /copy/e=/, /copy/e/y=y, /copy/x=changed, /d=/, /d/e=/, /d/e/y=y, /d/x=x,"
            + " /to=/, /to/d=/, /to/d/e=/, /to/d/e/old=old, /to/d/e/y=y, /to/d/x=x, /to/z=x, /z=x}",
        tree().toString());
    change(CpCommand::new, "z", "Z");
    assertEquals("/z: is that file already", said);
  }

  @Test
  void touchMakesFilesAndSetsTimes() throws IOException {
    file("/old", "kept");
    Files.createDirectory(volume.getPath("/d"));
    change(TouchCommand::new, "--time", "2024-05-06T07:08:10Z", "old", "new", "d", "no/where");
    assertEquals("/no/where: no such file", said);
    for (String name : List.of("/old", "/new", "/d")) {
      assertEquals(
          FileTime.from(Instant.parse("2024-05-06T07:08:10Z")),
          Files.getLastModifiedTime(volume.getPath(name)));
    }
    assertEquals("{/d=/, /new=, /old=kept}", tree().toString());
    change(TouchCommand::new, "old");
    Instant now = Files.getLastModifiedTime(volume.getPath("/old")).toInstant();
    assertTrue(now.isAfter(Instant.parse("2025-01-01T00:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-05-06, 2024-05-05T22:00:00Z",
    "2024-05-06T07:08, 2024-05-06T05:08:00Z",
    "2024-05-06T07:08:09, 2024-05-06T05:08:09Z",
    "2024-05-06T07:08:09.5Z, 2024-05-06T07:08:09.5Z",
    "2024-05-06T07:08:09-03:00, 2024-05-06T10:08:09Z",
    "2024-05-06T07:08:09+09:00[Asia/Tokyo], 2024-05-05T22:08:09Z"
  })
  void timesAreLocalUnlessTheySayOtherwise(String text, Instant expected) {
    assertEquals(expected, TouchCommand.parse(text, ZoneId.of("Europe/Berlin")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "2024-13-01", "07:08", "2024-05-06 07:08", ""})
  void timesOfOtherShapesAreMisuse(String text) {
    CommandRun.Result result = new CommandRun().run("touch", "--time", text, "container", "a");
    assertEquals(2, result.status(), result::err);
    assertTrue(result.err().contains("--time"), result::err);
  }

  @Test
  void whatIsMissingOutsideIsSaidBeforeAPasswordIsAskedFor() {
    Path missing = folder.resolve("missing");
    CommandRun.Result result = new CommandRun().run("put", "container", missing, "/");
    assertEquals(3, result.status());
    assertEquals("tcplay: " + missing + ": no such file\n", result.err());
    assertTrue(Files.notExists(missing, LinkOption.NOFOLLOW_LINKS));
  }
}
