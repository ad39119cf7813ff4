package dev.tcplay.serve.fuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.testing.Judge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Mounts without the rights of root. */
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class OrdinaryUserIT {

  /** Whoever may use the device mounts as any user; who may not learns why. */
  @Test
  void anOrdinaryUserMountsOrLearnsWhyNot() throws Exception {
    assumeTrue(
        Judge.run(
                    "setpriv",
                    "--reuid=65534",
                    "--regid=65534",
                    "--clear-groups",
                    "test",
                    "-r",
                    "target/test-classes/dev")
                .status()
            == 0,
        "only root becomes another user, who must be able to read what was built");
    MountProcess program =
        MountProcess.start(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    Path home = Files.createTempDirectory(Path.of("/tmp"), "mount");
    try {
      Path tree = Files.createDirectory(home.resolve("tree"));
      Path mounted = Files.createDirectory(home.resolve("mounted"));
      for (Path each : List.of(home, tree, mounted)) {
        Files.setAttribute(each, "unix:uid", 65534);
      }
      String answer = program.say("tree", tree, mounted);
      if (Files.getPosixFilePermissions(Path.of("/dev/fuse")).size() < 6) {
        assertEquals(
            "FuseUnavailableException: cannot mount: this user may not use /dev/fuse: usually"
                + " everybody may read and write it; tcplay serve needs none of this",
            answer);
      } else {
        assertEquals("mounted " + mounted, answer);
        Judge.Verdict verdict =
            Judge.run(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "sh",
                "-c",
                "cd " + mounted + " && echo abc >a && cat a && stat -c %u a");
        assertEquals("abc\n65534\n", verdict.output());
        assertEquals("closed", program.say("close", mounted));
      }
      program.end();
      Files.deleteIfExists(tree.resolve("a"));
      Files.delete(tree);
      Files.delete(mounted);
    } finally {
      Files.delete(home);
    }
  }
}
