package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.fs.tree.VolumeWriter;
import java.io.IOException;

/** What changes a mounted volume: its bitmap, its mark, its free clusters. Thread-safe. */
final class ExFatWriter extends VolumeWriter<Change> {

  private static final int PERCENT = 100;

  private final Geometry geometry;
  private final FatLinks links;
  private final AllocationBitmap bitmap;
  private final DirtyMark mark;
  private final FreeClusters freeClusters;

  ExFatWriter(BlockDevice device, VolumeParts parts, boolean readOnly) {
    super(device, readOnly);
    this.geometry = parts.region().geometry();
    this.links = parts.links();
    this.bitmap = parts.bitmap();
    this.mark = new DirtyMark(device, parts.region().boot());
    this.freeClusters = new FreeClusters(this, parts.ownFiles());
  }

  @Override
  public Geometry geometry() {
    return geometry;
  }

  FatLinks links() {
    return links;
  }

  AllocationBitmap bitmap() {
    return bitmap;
  }

  @Override
  public FreeClusters freeClusters() {
    return freeClusters;
  }

  @Override
  protected DirtyMark mark() {
    return mark;
  }

  @Override
  protected void clearMark() throws IOException {
    long used = geometry.clusters() - freeClusters.count();
    mark.clear((int) (used * PERCENT / geometry.clusters()));
  }

  @Override
  protected Change change() {
    return new Change(this);
  }

  /** Begins to edit the bitmap. */
  BitmapEdit edit(WriteBatch batch, Group group, boolean used) {
    return new BitmapEdit(device(), bitmap, batch, group, used);
  }
}
