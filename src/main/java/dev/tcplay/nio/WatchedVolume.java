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
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A volume whose changes are told of, all of them, whoever makes them: it stands between the
 * provider and the driver.
 */
final class WatchedVolume implements MountedVolume {

  private final MountedVolume volume;
  private final Watches watches;

  WatchedVolume(MountedVolume volume, Watches watches) {
    this.volume = volume;
    this.watches = watches;
  }

  /** Makes an entry of a directory. */
  private Node making(Node directory, Watches.Change<Node> change) throws IOException {
    if (watches.isIdle()) {
      return change.make();
    }
    return watches.inOrder(
        () -> {
          Node made = Objects.requireNonNull(change.make(), "node");
          watches.created(place(made));
          return made;
        },
        directory.id());
  }

  @Override
  public Node create(Node directory, String name, NodeType type, AttributeChange attributes)
      throws IOException {
    return making(directory, () -> volume.create(directory, name, type, attributes));
  }

  @Override
  public Node createSymbolicLink(Node directory, String name, String target) throws IOException {
    return making(directory, () -> volume.createSymbolicLink(directory, name, target));
  }

  @Override
  public Node createLink(Node directory, String name, Node existing) throws IOException {
    return making(directory, () -> volume.createLink(directory, name, existing));
  }

  @Override
  public void delete(Node node) throws IOException {
    if (watches.isIdle()) {
      volume.delete(node);
      return;
    }
    NodePlace place = place(node);
    watches.inOrder(
        () -> {
          volume.delete(node);
          gone(node);
          watches.deleted(place);
          return node;
        },
        place.directory());
  }

  private void gone(Node node) {
    if (node.isDirectory()) {
      watches.gone(node.id());
    }
  }

  @Override
  public Node move(Node node, Node directory, String name, boolean replace) throws IOException {
    if (watches.isIdle()) {
      return volume.move(node, directory, name, replace);
    }
    NodePlace from = place(node);
    return watches.inOrder(
        () -> {
          Node there = volume.lookup(directory, name);
          Node moved = Objects.requireNonNull(volume.move(node, directory, name, replace), "node");
          NodePlace to = place(moved);
          if (!to.equals(from) || to.equals(NodePlace.UNKNOWN)) {
            if (there != null && there.id() != moved.id()) {
              gone(there);
            }
            watches.deleted(from);
            watches.created(to);
          }
          return moved;
        },
        from.directory(),
        directory.id());
  }

  @Override
  public void change(Node node, AttributeChange change) throws IOException {
    volume.change(node, change);
    changed(node);
  }

  private void changed(Node node) {
    if (!watches.isIdle()) {
      watches.changed(place(node));
    }
  }

  @Override
  public void deleteStream(Node node, String name) throws IOException {
    volume.deleteStream(node, name);
    changed(node);
  }

  @Override
  public OpenNode open(Node file) throws IOException {
    OpenNode contents = Objects.requireNonNull(volume.open(file), "contents");
    return new WatchedContents(contents, watches, contents::place);
  }

  @Override
  public OpenNode openStream(Node node, String name, boolean create) throws IOException {
    OpenNode contents = Objects.requireNonNull(volume.openStream(node, name, create), "contents");
    return new WatchedContents(contents, watches, () -> place(node));
  }

  /** Who is told of a change must not make it fail. */
  @Override
  public NodePlace place(Node node) {
    try {
      return Objects.requireNonNullElse(volume.place(node), NodePlace.UNKNOWN);
    } catch (RuntimeException e) {
      return NodePlace.UNKNOWN;
    }
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
}
