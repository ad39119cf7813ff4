package dev.tcplay.fs.tree;

import dev.tcplay.fs.cluster.ChangeGuard;
import dev.tcplay.fs.cluster.VolumeSync;
import java.io.IOException;

/**
 * What a mounted volume has to hand over: sizes of open files, times of directories, marks of
 * slots, freed clusters.
 *
 * @param leftovers marks slots of deleted entries
 */
record Unsynced(VolumeWriter<?> writer, TreeFiles<?, ?, ?, ?> tree, ChangeGuard.Action leftovers)
    implements VolumeSync.Pending {

  @Override
  public boolean isReadOnlyByChoice() {
    return writer.isReadOnlyByChoice();
  }

  @Override
  public boolean isReadOnly() {
    return writer.isReadOnly();
  }

  @Override
  public ChangeGuard guard() {
    return writer.guard();
  }

  @Override
  public void checkNotBroken() throws IOException {
    writer.checkNotBroken();
  }

  @Override
  public void handOver() throws IOException {
    for (TreeFile<?, ?> file : tree.openFiles().all()) {
      file.publish();
    }
    tree.publishTimes();
    leftovers.run();
    writer.freeClusters().submit();
  }

  @Override
  public void releaseUnlinked() throws IOException {
    tree.openFiles().releaseUnlinked();
  }

  @Override
  public void end() throws IOException {
    writer.close();
  }
}
