package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.common.jimfs.PathNormalization;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs the oracle's operations in the virtual machine whose default file system is a root mount:
 * below the mount point, and in a folder of the host.
 */
public final class RootOracle {

  private static final int STEPS = 600;

  private RootOracle() {}

  /** Takes what to do, the folder below the mount point, one of the host, and a seed. */
  public static void main(String[] arguments) throws Throwable {
    Path mounted = Path.of(arguments[1]);
    Path folder = Path.of(arguments[2]);
    System.setProperty(Oracle.OURS, mounted.toString());
    int run =
        switch (arguments[0]) {
          case "moves" -> {
            CopyMoveOracleTest.folder = folder;
            yield run(new CopyMoveOracleTest()::copiesAndMovesEndAsOnTheDefaultFileSystem);
          }
          case "options" -> {
            WritingOptionsOracleTest.folder = folder;
            yield run(new WritingOptionsOracleTest()::filesOpenAsOnTheDefaultFileSystem);
          }
          case "channels" -> channels(folder);
          default -> randomSteps(mounted, new Random(Long.parseLong(arguments[3])));
        };
    assertTrue(run >= 50, () -> run + " operations");
    System.out.println("as on the host: true");
  }

  private static int channels(Path folder) throws Throwable {
    WritingChannelOracleTest.folder = Files.createDirectory(folder.resolve("writing"));
    ReadingChannelOracleTest.tree = folder.resolve("reading");
    AsynchronousOracleTest.tree = folder.resolve("asynchronous");
    DirectoryOracleTest.tree = folder.resolve("directories");
    return run(new WritingChannelOracleTest()::channelsWriteAsOnTheDefaultFileSystem)
        + run(new ReadingChannelOracleTest()::channelsReadAsOnTheDefaultFileSystem)
        + run(new AsynchronousOracleTest()::channelsReadAsOnTheDefaultFileSystem)
        + run(new DirectoryOracleTest()::directoriesReadAsOnTheDefaultFileSystem);
  }

  private static int run(Callable<Stream<DynamicTest>> factory) throws Throwable {
    int run = 0;
    for (DynamicTest test : factory.call().toList()) {
      try {
        test.getExecutable().execute();
      } catch (AssertionError | Exception e) {
        throw new AssertionError(test.getDisplayName(), e);
      }
      run++;
    }
    return run;
  }

  /** Does what comes to mind below the mount point and in jimfs. */
  private static int randomSteps(Path mounted, Random random) throws IOException {
    try (FileSystem model =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder()
                .setNameCanonicalNormalization(PathNormalization.CASE_FOLD_ASCII)
                .setPathEqualityUsesCanonicalForm(true)
                .setAttributeViews("basic", "dos")
                .build())) {
      Path ours = Files.createDirectory(mounted.resolve("own"));
      Path theirs = Files.createDirectory(model.getPath("/own"));
      PairedTrees trees = new PairedTrees(ours, theirs, random);
      for (int step = 0; step < STEPS; step++) {
        trees.step();
      }
      return STEPS;
    }
  }
}
