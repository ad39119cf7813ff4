package dev.tcplay.fs.tree;

import dev.tcplay.fs.cluster.ChangeGuard;
import dev.tcplay.fs.cluster.OpenFiles;
import dev.tcplay.fs.cluster.VolumeSync;
import java.io.IOException;

/**
 * What a mounted volume has to hand over: sizes of open files, marks of slots, freed clusters.
 *
 * @param leftovers marks slots of deleted entries
 */
record Unsynced(
    VolumeWriter<?> writer, OpenFiles<? extends TreeFile<?, ?>> files, ChangeGuard.Action leftovers)
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
    for (TreeFile<?, ?> file : files.all()) {
      file.publish();
    }
    leftovers.run();
    writer.freeClusters().submit();
  }

  @Override
  public void releaseUnlinked() throws IOException {
    files.releaseUnlinked();
  }

  @Override
  public void end() throws IOException {
    writer.close();
  }
}
