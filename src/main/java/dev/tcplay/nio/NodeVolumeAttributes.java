package dev.tcplay.nio;

import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.model.VolumeAttributes;
import dev.tcplay.model.VolumeInfo;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The attributes of a file with the facts of its volume. */
final class NodeVolumeAttributes extends NodeFileAttributes implements VolumeAttributes {

  private final VolumeInfo info;
  private final String fileSystem;
  private final Optional<String> label;
  private final Optional<String> serial;
  private final List<String> warnings;

  NodeVolumeAttributes(TcplayFileSystem container, MountedVolume volume, Node node)
      throws IOException {
    super(volume, node);
    this.info = container.info();
    this.fileSystem = volume.type();
    this.label = Objects.requireNonNull(volume.label(), "label");
    this.serial = Objects.requireNonNull(volume.serial(), "serial");
    this.warnings = container.warnings();
  }

  @Override
  public VolumeInfo volume() {
    return info;
  }

  @Override
  public String fileSystem() {
    return fileSystem;
  }

  @Override
  public Optional<String> label() {
    return label;
  }

  @Override
  public Optional<String> serial() {
    return serial;
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }
}
