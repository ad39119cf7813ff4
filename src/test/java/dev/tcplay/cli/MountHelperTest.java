package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/mount.tcplay} makes of the options by which mount(8) calls it. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class MountHelperTest {

  private static final String PRINTS = "#!/bin/sh\nprintf '<%s>' \"$@\"\n";

  @TempDir private Path folder;

  @BeforeEach
  void putACommandBesideItThatPrintsItsArguments() throws Exception {
    Script.write(folder.resolve("tcplay"), PRINTS);
    Files.copy(Path.of("bin", "mount.tcplay"), folder.resolve("mount.tcplay"));
  }

  private CommandRun.Result mount(Object... arguments) throws Exception {
    return JavaProcess.program("sh")
        .arguments(folder.resolve("mount.tcplay"))
        .arguments(arguments)
        .run();
  }

  @Test
  void optionsOfALineForUsersAreTaken() throws Exception {
    String options = "rw,noexec,nosuid,nodev,password-file=/a b,user,nofail,_netdev,X-a,uid=1";
    assertEquals(
        "<mount><--background><--noexec><--password-file=/a b><--uid=1><--><-f><$(d)>",
        mount("-f", "$(d)", "-v", "-o", options).out());
  }

  @Test
  void optionsThatAskForNothingAreTakenAndRemountIsRefused() throws Exception {
    assertEquals(
        "<mount><--background><--><file><dir>",
        mount("file", "dir", "-o", "suid,dev,sync,dirsync,async,relatime,atime").out());
    CommandRun.Result result = mount("file", "dir", "-o", "remount,ro");
    assertEquals(1, result.status());
    assertTrue(result.err().startsWith("mount.tcplay: a mount cannot be changed: "), result::err);
  }

  @Test
  void passwordsAndWhatWouldMountNothingAreRefused() throws Exception {
    for (String option : new String[] {"password", "password=x", "hidden-password=x", "help"}) {
      CommandRun.Result result = mount("file", "dir", "-o", "ro," + option);
      assertEquals(1, result.status(), option);
      assertEquals("", result.out());
      assertTrue(result.err().startsWith("mount.tcplay: "), result::err);
    }
    assertEquals(1, mount("file", "dir", "-o", "ro", "more").status());
  }
}
