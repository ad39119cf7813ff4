package dev.tcplay.nio;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodePlace;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A volume whose changes are told of, all of them, whoever makes them: it stands between the
 * provider and the driver.
 */
final class WatchedVolume extends ForwardingVolume {

  private final Watches watches;

  WatchedVolume(MountedVolume volume, Watches watches) {
    super(volume);
    this.watches = watches;
  }

  /** Makes an entry of a directory. */
  private Node making(Node directory, Watches.Change<Node> change) throws IOException {
    return watches.inOrder(
        () -> {
          Node made = Objects.requireNonNull(change.make(), "node");
          if (!watches.isIdle()) {
            watches.created(place(made));
          }
          return made;
        },
        directory.id());
  }

  @Override
  public Node create(Node directory, String name, NodeType type, AttributeChange attributes)
      throws IOException {
    return making(directory, () -> super.create(directory, name, type, attributes));
  }

  @Override
  public Node createSymbolicLink(Node directory, String name, String target) throws IOException {
    return making(directory, () -> super.createSymbolicLink(directory, name, target));
  }

  @Override
  public Node createLink(Node directory, String name, Node existing) throws IOException {
    return making(directory, () -> super.createLink(directory, name, existing));
  }

  @Override
  public void delete(Node node) throws IOException {
    NodePlace place = place(node);
    watches.inOrder(
        () -> {
          super.delete(node);
          if (!watches.isIdle()) {
            gone(node);
            watches.deleted(place);
          }
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
    NodePlace from = place(node);
    return watches.inOrder(
        () -> {
          Node there = watches.isIdle() ? null : lookup(directory, name);
          Node moved = Objects.requireNonNull(super.move(node, directory, name, replace), "node");
          if (!watches.isIdle()) {
            moved(from, moved, there);
          }
          return moved;
        },
        from.directory(),
        directory.id());
  }

  /** Tells of a move; {@code there} is what had the name before. */
  private void moved(NodePlace from, Node moved, @Nullable Node there) {
    NodePlace to = place(moved);
    if (!to.equals(from) || to.equals(NodePlace.UNKNOWN)) {
      if (there != null && there.id() != moved.id()) {
        gone(there);
      }
      watches.deleted(from);
      watches.created(to);
    }
  }

  @Override
  public void change(Node node, AttributeChange change) throws IOException {
    super.change(node, change);
    changed(node);
  }

  private void changed(Node node) {
    if (!watches.isIdle()) {
      watches.changed(place(node));
    }
  }

  @Override
  public void deleteStream(Node node, String name) throws IOException {
    super.deleteStream(node, name);
    changed(node);
  }

  @Override
  public OpenNode open(Node file) throws IOException {
    OpenNode contents = Objects.requireNonNull(super.open(file), "contents");
    return new WatchedContents(contents, watches, contents::place);
  }

  @Override
  public OpenNode openStream(Node node, String name, boolean create) throws IOException {
    OpenNode contents = Objects.requireNonNull(super.openStream(node, name, create), "contents");
    return new WatchedContents(contents, watches, () -> place(node));
  }

  /** Who is told of a change must not make it fail. */
  @Override
  public NodePlace place(Node node) {
    try {
      return Objects.requireNonNullElse(super.place(node), NodePlace.UNKNOWN);
    } catch (RuntimeException e) {
      return NodePlace.UNKNOWN;
    }
  }
}
