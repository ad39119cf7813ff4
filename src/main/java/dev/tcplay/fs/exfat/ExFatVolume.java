package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.VolumeSpace;
import dev.tcplay.fs.tree.TreeVolume;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A mounted exFAT volume.
 *
 * <p>Locks are taken in this order: the tree's, by who needs two directories; directories', from
 * the root downwards; a file's; the bitmap's.
 *
 * <p>Memory: the directory indexes, the extents of the open files, some 300 bytes for every
 * directory that was entered, and once something was allocated or the free space asked for at most
 * a bit for each cluster.
 */
final class ExFatVolume extends TreeVolume<ExFatDirectory, DirectoryEntry, ExFatNode> {

  private final BootSector boot;
  private final Geometry geometry;
  private final List<String> warnings;
  private final TreeContext context;
  private final LabelEditor label;

  ExFatVolume(
      BlockDevice device,
      VolumeParts parts,
      List<String> warnings,
      MountOptions options,
      boolean readOnly) {
    this(parts, warnings, parts.context(device, options, readOnly));
  }

  private ExFatVolume(VolumeParts parts, List<String> warnings, TreeContext context) {
    super(
        context.device(),
        context.writer(),
        context.directories(),
        new FileNodes(context),
        context.names(),
        () -> context.leftovers().clear(context));
    this.boot = parts.region().boot();
    this.geometry = parts.region().geometry();
    this.warnings = warnings;
    this.context = context;
    this.label = new LabelEditor(context, parts.root().labelSlot());
    start(() -> new CrashRecovery(context, true).run());
  }

  @Override
  public String type() {
    return "exFAT";
  }

  @Override
  public Optional<String> label() throws IOException {
    return label.get();
  }

  @Override
  public void setLabel(Optional<String> text) throws IOException {
    context.writer().checkWritable();
    byte[] entry = LabelEditor.encode(text);
    withSpace(
        () -> {
          label.set(entry);
          return text;
        });
  }

  @Override
  public Optional<String> serial() {
    int serial = boot.volumeSerialNumber();
    return Optional.of(String.format("%04X-%04X", serial >>> 16, serial & 0xFFFF));
  }

  @Override
  protected List<String> oddities() {
    return warnings;
  }

  @Override
  public OptionalLong usedEnd() throws IOException {
    force();
    return OptionalLong.of(geometry.position(context.writer().bitmap().usedEnd()));
  }

  @Override
  public long largestFile() {
    return geometry.largestFile();
  }

  @Override
  protected ExFatNode make(
      ExFatDirectory parent, String name, NodeType type, AttributeChange attributes)
      throws IOException {
    return new Creator(context).create(parent, name, type, attributes);
  }

  @Override
  protected void remove(ExFatNode node) throws IOException {
    new Remover(context).delete(node);
  }

  @Override
  protected ExFatNode move(ExFatNode node, ExFatDirectory target, String name, boolean replace)
      throws IOException {
    return new Mover(context).move(node, target, name, replace);
  }

  @Override
  protected VolumeSpace space(long freeClusters) {
    long size = geometry.clusterSize();
    return new VolumeSpace(geometry.clusters() * size, freeClusters * size, geometry.clusterSize());
  }
}
