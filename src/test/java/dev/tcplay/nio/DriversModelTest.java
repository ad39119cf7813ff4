package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.common.jimfs.PathNormalization;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.exfat.ExFatDriver;
import dev.tcplay.fs.fat.FatDriver;
import dev.tcplay.testing.Seeds;
import example.toyfs.ToyDriver;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same random operations on a volume of each driver come out as in jimfs, with links too. */
class DriversModelTest {

  private static final int SEQUENCES = Integer.getInteger("tcplay.drivers.sequences", 20);
  private static final int STEPS = 250;

  @ParameterizedTest
  @ValueSource(strings = {"fat", "exfat", "toy"})
  void randomOperationsComeOutAsInJimfs(String driver) throws IOException {
    boolean hasLinks = driver.equals("toy");
    FileSystemDriver wanted =
        switch (driver) {
          case "fat" -> new FatDriver();
          case "exfat" -> new ExFatDriver();
          default -> new ToyDriver();
        };
    Random random = new Random(Seeds.of("DriversModelTest " + driver));
    for (int sequence = 0; sequence < SEQUENCES; sequence++) {
      try (FileSystem volume = DrivenVolumes.mount(wanted, Optional.empty(), 16 << 20);
          FileSystem model = model(hasLinks)) {
        PairedTrees trees =
            new PairedTrees(
                Files.createDirectory(volume.getPath("/tree")),
                Files.createDirectory(model.getPath("/tree")),
                random);
        for (int step = 0; step < STEPS; step++) {
          if (hasLinks && random.nextInt(4) == 0) {
            trees.linkStep();
          } else {
            trees.step();
          }
        }
        assertEquals(
            TreePicture.of(model.getPath("/tree")), TreePicture.of(volume.getPath("/tree")));
      }
    }
  }

  private static FileSystem model(boolean hasLinks) {
    Configuration.Builder unix = Configuration.unix().toBuilder();
    if (hasLinks) {
      return Jimfs.newFileSystem(unix.build());
    }
    return Jimfs.newFileSystem(
        unix.setNameCanonicalNormalization(PathNormalization.CASE_FOLD_ASCII)
            .setPathEqualityUsesCanonicalForm(true)
            .setAttributeViews("basic", "dos")
            .build());
  }
}
