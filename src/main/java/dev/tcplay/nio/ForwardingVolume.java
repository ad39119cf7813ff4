package dev.tcplay.nio;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.Feature;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodePlace;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenDirectory;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.fs.VolumeSpace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A volume that does what another one does; classes that extend it do more. */
abstract class ForwardingVolume implements MountedVolume {

  private final MountedVolume volume;

  ForwardingVolume(MountedVolume volume) {
    this.volume = volume;
  }

  @Override
  public String type() {
    return volume.type();
  }

  @Override
  public Optional<String> label() throws IOException {
    return volume.label();
  }

  @Override
  public Optional<String> serial() {
    return volume.serial();
  }

  @Override
  public Set<Feature> features() {
    return volume.features();
  }

  @Override
  public boolean isReadOnly() {
    return volume.isReadOnly();
  }

  @Override
  public List<String> warnings() {
    return volume.warnings();
  }

  @Override
  public NameRules names() {
    return volume.names();
  }

  @Override
  public NameRules names(Node directory) throws IOException {
    return volume.names(directory);
  }

  @Override
  public VolumeSpace space() throws IOException {
    return volume.space();
  }

  @Override
  public OptionalLong usedEnd() throws IOException {
    return volume.usedEnd();
  }

  @Override
  public long largestFile() {
    return volume.largestFile();
  }

  @Override
  public Node root() {
    return volume.root();
  }

  @Override
  public @Nullable Node lookup(Node directory, String name) throws IOException {
    return volume.lookup(directory, name);
  }

  @Override
  public String name(Node node) throws IOException {
    return volume.name(node);
  }

  @Override
  public DirectoryCursor list(Node directory) throws IOException {
    return volume.list(directory);
  }

  @Override
  public OpenDirectory openDirectory(Node directory) throws IOException {
    return volume.openDirectory(directory);
  }

  @Override
  public NodeAttributes attributes(Node node) throws IOException {
    return volume.attributes(node);
  }

  @Override
  public String readLink(Node link) throws IOException {
    return volume.readLink(link);
  }

  @Override
  public List<String> streams(Node node) throws IOException {
    return volume.streams(node);
  }

  @Override
  public void setLabel(Optional<String> label) throws IOException {
    volume.setLabel(label);
  }

  @Override
  public void force() throws IOException {
    volume.force();
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }

  @Override
  public NodePlace place(Node node) {
    return volume.place(node);
  }

  @Override
  public OpenNode open(Node file) throws IOException {
    return volume.open(file);
  }

  @Override
  public OpenNode openStream(Node node, String name, boolean create) throws IOException {
    return volume.openStream(node, name, create);
  }

  @Override
  public Node create(Node directory, String name, NodeType type, AttributeChange attributes)
      throws IOException {
    return volume.create(directory, name, type, attributes);
  }

  @Override
  public Node createSymbolicLink(Node directory, String name, String target) throws IOException {
    return volume.createSymbolicLink(directory, name, target);
  }

  @Override
  public Node createLink(Node directory, String name, Node existing) throws IOException {
    return volume.createLink(directory, name, existing);
  }

  @Override
  public void delete(Node node) throws IOException {
    volume.delete(node);
  }

  @Override
  public Node move(Node node, Node directory, String name, boolean replace) throws IOException {
    return volume.move(node, directory, name, replace);
  }

  @Override
  public void change(Node node, AttributeChange change) throws IOException {
    volume.change(node, change);
  }

  @Override
  public void deleteStream(Node node, String name) throws IOException {
    volume.deleteStream(node, name);
  }
}
