package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.fs.tree.VolumeWriter;
import java.io.IOException;

/** What changes a mounted volume: its table, its marks, its free clusters. Thread-safe. */
final class FatWriter extends VolumeWriter<Change> {

  private final Geometry geometry;
  private final long[] copies;
  private final DirtyMark mark;
  private final FreeClusters freeClusters;

  FatWriter(
      BlockDevice device, BootSector boot, Geometry geometry, FatTable table, boolean readOnly)
      throws IOException {
    super(device, readOnly);
    this.geometry = geometry;
    this.copies = TableEdit.copies(boot, geometry);
    this.mark = DirtyMark.read(device, boot, geometry, copies);
    this.freeClusters = new FreeClusters(this, table, FsInfo.read(device, boot), mark);
  }

  @Override
  public Geometry geometry() {
    return geometry;
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
    mark.clear();
  }

  @Override
  protected Change change() {
    return new Change(this);
  }

  /** Begins to edit the table. */
  TableEdit edit(WriteBatch batch) {
    return new TableEdit(device(), geometry, copies, batch);
  }

  /** Takes the mark of being in use away, whoever set it: a check has found the volume sound. */
  void clean() throws IOException {
    flush();
    mark.clean();
  }
}
