package dev.tcplay.fs.fat;

import static dev.tcplay.fs.fat.RenameCuts.LONG;
import static dev.tcplay.fs.fat.RenameCuts.NEW;
import static dev.tcplay.fs.fat.RenameCuts.OLD;
import static dev.tcplay.fs.fat.RenameCuts.assertNothingShared;
import static dev.tcplay.fs.fat.RenameCuts.cleanUp;
import static dev.tcplay.fs.fat.RenameCuts.cuts;
import static dev.tcplay.fs.fat.RenameCuts.isThere;
import static dev.tcplay.fs.fat.RenameCuts.make;
import static dev.tcplay.fs.fat.RenameCuts.move;
import static dev.tcplay.fs.fat.RenameCuts.readAgain;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NodeType;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a rename leaves when the power fails, ordinary use afterwards loses nothing. */
class CrashRecoveryTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void theNewNameOfARenameOutlivesTheDeletionOfTheOldOne(String type) throws Exception {
    boolean[] both = {false};
    cuts(
        type,
        volume -> {
          volume.create(volume.root(), "dir", NodeType.DIRECTORY, AttributeChange.NONE);
          make(volume, "/x.tmp", NEW);
        },
        volume -> move(volume, "/x.tmp", "/dir/" + LONG),
        (crashed, last) -> {
          MountedVolume reading = Volumes.mount(new KeptDevice(crashed));
          both[0] |= isThere(reading, "/x.tmp") && isThere(reading, "/dir/" + LONG);
          reading.close();
          MountedVolume volume = WritableVolumes.mount(crashed);
          boolean moved = isThere(volume, "/dir/" + LONG);
          assertTrue(moved || isThere(volume, "/x.tmp"));
          assertFalse(moved && isThere(volume, "/x.tmp"), "one name goes");
          assertTrue(moved || !last);
          cleanUp(volume, "/x.tmp");
          volume.close();
          if (moved) {
            assertArrayEquals(NEW, readAgain(crashed, "/dir/" + LONG));
          }
          assertNothingShared(crashed, folder);
        });
    assertTrue(both[0], "no cut left both names");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void theTargetOfAReplacingMoveStays(String type) throws Exception {
    for (boolean sourceIsOlder : new boolean[] {false, true}) {
      cuts(
          type,
          volume -> {
            volume.create(volume.root(), "dir", NodeType.DIRECTORY, AttributeChange.NONE);
            if (sourceIsOlder) {
              make(volume, "/x.tmp", NEW);
              make(volume, "/dir/" + LONG, OLD);
            } else {
              make(volume, "/dir/" + LONG, OLD);
              make(volume, "/x.tmp", NEW);
            }
          },
          volume -> move(volume, "/x.tmp", "/dir/" + LONG),
          (crashed, last) -> {
            MountedVolume volume = WritableVolumes.mount(crashed);
            byte[] before = Walk.read(volume, "/dir/" + LONG);
            assertTrue(Arrays.equals(OLD, before) || Arrays.equals(NEW, before));
            assertEquals(Arrays.equals(OLD, before), isThere(volume, "/x.tmp"));
            cleanUp(volume, "/x.tmp");
            volume.close();
            assertArrayEquals(before, readAgain(crashed, "/dir/" + LONG));
            assertNothingShared(crashed, folder);
          });
    }
  }

  /**
   * The old name and the target lie in one sector, which is written as one: but where the file goes
   * next lies in another, and may be on disk before.
   */
  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void aFileThatReplacedIsMovedOnWithoutSharing(String type) throws Exception {
    for (boolean isChangedFirst : new boolean[] {true, false}) {
      cuts(
          type,
          volume -> {
            make(volume, "/APART", OLD);
            volume.create(volume.root(), "dir", NodeType.DIRECTORY, AttributeChange.NONE);
            make(volume, "/dir/TARGET", OLD);
            make(volume, "/dir/SOURCE", OLD);
          },
          volume -> {
            move(volume, "/dir/SOURCE", "/dir/TARGET");
            if (isChangedFirst) {
              hide(volume, "/dir/TARGET");
            }
            move(volume, "/dir/TARGET", "/MOVED");
            if (!isChangedFirst) {
              hide(volume, "/MOVED");
            }
          },
          (crashed, last) -> {
            MountedVolume volume = WritableVolumes.mount(crashed);
            assertTrue(
                volume.warnings().stream().noneMatch(text -> text.contains("share clusters")),
                () -> volume.warnings().toString());
            cleanUp(volume, "/dir/SOURCE");
            volume.close();
            assertNothingShared(crashed, folder);
          });
    }
  }

  private static void hide(MountedVolume volume, String path) throws IOException {
    volume.change(Walk.find(volume, path), AttributeChange.NONE.withHidden(true));
  }
}
