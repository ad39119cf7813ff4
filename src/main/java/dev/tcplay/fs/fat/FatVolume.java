package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.VolumeSpace;
import dev.tcplay.fs.cluster.OpenFiles;
import dev.tcplay.fs.tree.TreeVolume;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A mounted FAT volume.
 *
 * <p>Locks are taken in this order: the tree's, by who needs two directories; a directory's; a
 * file's; the table's.
 *
 * <p>Memory: the directory indexes of {@link dev.tcplay.fs.cluster.DirectoryCache}, the extents of
 * the open files, some 300 bytes for every directory that was entered, and once something was
 * allocated or the free space asked for at most a bit for each cluster.
 */
final class FatVolume extends TreeVolume<FatDirectory, DirectoryEntry, FatNode> {

  private final BootSector boot;
  private final Geometry geometry;
  private final Supplier<List<String>> warnings;
  private final TreeContext context;
  private final LabelEditor label;

  FatVolume(
      BlockDevice device,
      BootRegion region,
      Supplier<List<String>> warnings,
      MountOptions options,
      boolean readOnly)
      throws IOException {
    this(region, warnings, TreeContext.of(device, region, options, readOnly));
  }

  private FatVolume(BootRegion region, Supplier<List<String>> warnings, TreeContext context) {
    super(
        context.device(),
        context.writer(),
        context.directories(),
        new FileNodes(context),
        context.names(),
        () -> context.leftovers().clear(context));
    this.boot = region.boot();
    this.geometry = region.geometry();
    this.warnings = warnings;
    this.context = context;
    this.label = new LabelEditor(context, boot);
    start(() -> new CrashRecovery(context, context.writer().shared(), true).run());
  }

  OpenFiles<FatFile> files() {
    return context.files();
  }

  @Override
  public String type() {
    return geometry.type().name();
  }

  @Override
  public Optional<String> label() throws IOException {
    return label.get();
  }

  @Override
  public void setLabel(Optional<String> text) throws IOException {
    context.writer().checkWritable();
    byte[] encoded = label.encode(text);
    withSpace(
        () -> {
          label.set(encoded);
          return text;
        });
  }

  @Override
  public Optional<String> serial() {
    int serial = boot.serial();
    return boot.hasSerial()
        ? Optional.of(String.format("%04X-%04X", serial >>> 16, serial & 0xFFFF))
        : Optional.empty();
  }

  @Override
  protected List<String> oddities() {
    return warnings.get();
  }

  /** Bad clusters count as used: they are marked in the table. */
  @Override
  public OptionalLong usedEnd() throws IOException {
    force();
    return OptionalLong.of(geometry.position(context.table().usedEnd()));
  }

  @Override
  public long largestFile() {
    return FatFile.MAX_SIZE;
  }

  @Override
  protected FatNode make(
      FatDirectory parent, String name, NodeType type, AttributeChange attributes)
      throws IOException {
    return new Creator(context).create(parent, name, type, attributes);
  }

  @Override
  protected void remove(FatNode node) throws IOException {
    new Remover(context).delete(node);
  }

  @Override
  protected FatNode move(FatNode node, FatDirectory target, String name, boolean replace)
      throws IOException {
    return new Mover(context).move(node, target, name, replace);
  }

  @Override
  protected VolumeSpace space(long freeClusters) {
    long size = geometry.clusterSize();
    return new VolumeSpace(geometry.clusters() * size, freeClusters * size, geometry.clusterSize());
  }
}
