package dev.tcplay.serve.fuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before the kernel is asked, and with which words. */
class FuseMountTest {

  @TempDir private Path folder;

  @Test
  void anOldJavaSaysWhichItTakesAndNamesTheOtherWay() {
    FuseMountBuilder builder = FuseMount.of(folder);
    String message =
        assertThrows(FuseUnavailableException.class, () -> builder.mount(folder)).getMessage();
    assertTrue(message.endsWith("; tcplay serve needs none of this"), message);
    if (Runtime.version().feature() < 22) {
      assertEquals(
          "cannot mount: this is Java "
              + Runtime.version().feature()
              + ", and mounting takes 22 or later; tcplay serve needs none of this",
          message);
    } else {
      assertTrue(message.contains("org.cryptomator:jfuse is not on the class path"), message);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aMissingDeviceIsNamed() {
    Path device = folder.resolve("fuse");
    String message =
        assertThrows(FuseUnavailableException.class, () -> FuseDevice.check(device)).getMessage();
    assertTrue(message.startsWith("cannot mount: there is no " + device + ": `modprobe"), message);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void onlyAnEmptyDirectoryOutsideOfTheTreeIsTaken() throws Exception {
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    MountPoint.of(empty).prepare(tree);
    Path link = Files.createSymbolicLink(folder.resolve("link"), empty);
    assertEquals(empty.toRealPath(), MountPoint.of(link).path());
    assertFalse(MountPoint.of(empty).freeIfDead());
    Path inside = Files.createDirectory(tree.resolve("inside"));
    refused("lies in the tree that is to be mounted there", inside, tree);
    refused("is not empty", tree, empty);
    refused("there is no such directory", folder.resolve("gone"), tree);
    Path file = Files.createFile(folder.resolve("file"));
    assertThrows(NotDirectoryException.class, () -> MountPoint.of(file).prepare(tree));
    assertThrows(IOException.class, () -> MountPoint.of(Path.of("/")));
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      assertThrows(IOException.class, () -> MountPoint.of(memory.getPath("/work")));
    }
  }

  private static void refused(String why, Path mountPoint, Path tree) throws IOException {
    MountPoint point = MountPoint.of(mountPoint);
    String message = assertThrows(IOException.class, () -> point.prepare(tree)).getMessage();
    assertTrue(message.contains(why), message);
  }

  @Test
  void oddSettingsAreRefused() {
    FuseMountBuilder builder = FuseMount.of(folder);
    assertThrows(IllegalArgumentException.class, () -> builder.uid(-1));
    assertThrows(IllegalArgumentException.class, () -> builder.gid(-1));
    assertThrows(IllegalArgumentException.class, () -> builder.umask(01000));
    assertThrows(IllegalArgumentException.class, () -> builder.name(""));
    assertThrows(IllegalArgumentException.class, () -> builder.name("a\nb"));
  }
}
