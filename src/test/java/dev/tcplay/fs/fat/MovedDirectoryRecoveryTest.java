package dev.tcplay.fs.fat;

import static dev.tcplay.fs.fat.RenameCuts.LONG;
import static dev.tcplay.fs.fat.RenameCuts.NEW;
import static dev.tcplay.fs.fat.RenameCuts.OLD;
import static dev.tcplay.fs.fat.RenameCuts.Use;
import static dev.tcplay.fs.fat.RenameCuts.assertNothingShared;
import static dev.tcplay.fs.fat.RenameCuts.cleanUp;
import static dev.tcplay.fs.fat.RenameCuts.copy;
import static dev.tcplay.fs.fat.RenameCuts.cuts;
import static dev.tcplay.fs.fat.RenameCuts.isThere;
import static dev.tcplay.fs.fat.RenameCuts.make;
import static dev.tcplay.fs.fat.RenameCuts.move;
import static dev.tcplay.fs.fat.RenameCuts.readAgain;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.testing.DelegatingDevice;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A directory whose move a power cut has broken off has one name afterwards, and is walked. */
class MovedDirectoryRecoveryTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT16", "FAT32"})
  void aMovedDirectoryHasOneNameAndIsWalkedMeanwhile(String type) throws Exception {
    boolean[] both = {false};
    cuts(
        type,
        volume -> {
          volume.create(volume.root(), "to", NodeType.DIRECTORY, AttributeChange.NONE);
          volume.create(volume.root(), "moving", NodeType.DIRECTORY, AttributeChange.NONE);
          make(volume, "/moving/file", OLD);
        },
        volume -> move(volume, "/moving", "/to/" + LONG),
        (crashed, last) -> {
          MountedVolume reading = Volumes.mount(new KeptDevice(crashed));
          Map<String, Node> tree = Walk.tree(reading);
          both[0] |= tree.containsKey("/moving") && tree.containsKey("/to/" + LONG);
          assertTrue(
              tree.containsKey("/moving/file") || tree.containsKey("/to/" + LONG + "/file"),
              tree::toString);
          reading.close();
          MountedVolume volume = WritableVolumes.mount(crashed);
          Map<String, Node> after = Walk.tree(volume);
          assertTrue(after.containsKey("/moving") ^ after.containsKey("/to/" + LONG));
          String file = isThere(volume, "/moving") ? "/moving/file" : "/to/" + LONG + "/file";
          make(volume, Walk.parent(file) + "/another", NEW);
          cleanUp(volume, "/nothing");
          volume.close();
          assertArrayEquals(OLD, readAgain(crashed, file));
          assertNothingShared(crashed, folder);
        });
    assertTrue(both[0], "no cut left both names");
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "replace"})
  void aMovedDirectoryThatGoesLeavesNoOldNameWithOtherDots(String how) throws Exception {
    cuts(
        "FAT16",
        volume -> {
          Node to = volume.create(volume.root(), "to", NodeType.DIRECTORY, AttributeChange.NONE);
          volume.create(to, "other", NodeType.DIRECTORY, AttributeChange.NONE);
          // What lies apart is written apart.
          make(volume, "/between", OLD);
          make(volume, "/between too", OLD);
          Node from =
              volume.create(volume.root(), "from", NodeType.DIRECTORY, AttributeChange.NONE);
          volume.create(from, "moving", NodeType.DIRECTORY, AttributeChange.NONE);
        },
        volume -> {
          move(volume, "/from/moving", "/to/moved");
          if (how.equals("delete")) {
            volume.delete(Walk.find(volume, "/to/moved"));
          } else {
            move(volume, "/to/other", "/to/moved");
          }
        },
        (crashed, last) -> {
          WritableVolumes.mount(crashed).close();
          assertEquals(
              List.of(),
              Checks.findings(crashed).stream()
                  .filter(finding -> finding.kind().equals("dots"))
                  .toList());
        });
  }

  /** Is writable until it is written. */
  private static final class RefusingWrites extends DelegatingDevice {

    RefusingWrites(BlockDevice lower) {
      super(lower);
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws IOException {
      throw new IOException("no space on the host");
    }
  }

  /** What cuts of a move have left, of which both names are there. */
  private static MemoryDevice withBothNames(Use before, String from, String to) throws Exception {
    MemoryDevice[] found = new MemoryDevice[1];
    cuts(
        "FAT16",
        before,
        volume -> move(volume, from, to),
        (crashed, last) -> {
          MountedVolume volume = Volumes.mount(new KeptDevice(crashed));
          Node source = Walk.find(volume, from);
          Node target = Walk.find(volume, to);
          if (source != null && target != null && firstCluster(source) == firstCluster(target)) {
            found[0] = copy(crashed);
          }
          volume.close();
        });
    assertNotNull(found[0], "no cut left both names");
    return found[0];
  }

  private static int firstCluster(Node node) {
    return (int) Directories.cast(node).entry().firstCluster();
  }

  @Test
  void aMovedDirectoryIsWalkedThoughItsNamesCannotBeEnded() throws Exception {
    MemoryDevice start =
        withBothNames(
            volume -> {
              volume.create(volume.root(), "to", NodeType.DIRECTORY, AttributeChange.NONE);
              volume.create(volume.root(), "moving", NodeType.DIRECTORY, AttributeChange.NONE);
              make(volume, "/moving/file", OLD);
            },
            "/moving",
            "/to/" + LONG);
    MountedVolume volume = WritableVolumes.mount(new RefusingWrites(start));
    assertTrue(volume.isReadOnly());
    Map<String, Node> tree = Walk.tree(volume);
    assertTrue(
        tree.containsKey("/moving/file") ^ tree.containsKey("/to/" + LONG + "/file"),
        tree::toString);
  }
}
