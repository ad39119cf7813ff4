package dev.tcplay.fs.fat;

import dev.tcplay.fs.cluster.ChangeGuard;
import dev.tcplay.fs.cluster.VolumeSync;
import java.io.IOException;

/** What a mounted volume has to hand over: sizes of open files, marks of slots, freed clusters. */
record Unsynced(TreeContext context) implements VolumeSync.Pending {

  @Override
  public boolean isReadOnlyByChoice() {
    return context.writer().isReadOnlyByChoice();
  }

  @Override
  public boolean isReadOnly() {
    return context.writer().isReadOnly();
  }

  @Override
  public ChangeGuard guard() {
    return context.writer().guard();
  }

  @Override
  public void checkNotBroken() throws IOException {
    context.writer().checkNotBroken();
  }

  @Override
  public void handOver() throws IOException {
    for (FatFile file : context.files().all()) {
      file.publish();
    }
    context.leftovers().clear(context);
    context.writer().freeClusters().submit();
  }

  @Override
  public void releaseUnlinked() throws IOException {
    context.files().releaseUnlinked();
  }

  @Override
  public void end() throws IOException {
    context.writer().close();
  }
}
