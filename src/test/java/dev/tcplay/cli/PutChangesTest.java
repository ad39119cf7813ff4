package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What put copies into a volume, and what it leaves. */
class PutChangesTest extends CaselessVolume {

  @TempDir private Path folder;

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
  void whatIsMissingOutsideIsSaidBeforeAPasswordIsAskedFor() {
    Path missing = folder.resolve("missing");
    CommandRun.Result result = new CommandRun().run("put", "container", missing, "/");
    assertEquals(3, result.status());
    assertEquals("tcplay: " + missing + ": no such file\n", result.err());
    assertTrue(Files.notExists(missing, LinkOption.NOFOLLOW_LINKS));
  }
}
