package example.toyfs;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.Feature;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodePlace;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.fs.PosixFacts;
import dev.tcplay.fs.UpcaseTable;
import dev.tcplay.fs.VolumeSpace;
import dev.tcplay.fs.WindowsNameRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A mounted toy. One lock guards it. Nodes of directories name inodes, so they survive moves. */
public final class ToyVolume implements MountedVolume {

  private static final NameRules CASELESS = new WindowsNameRules(UpcaseTable.standard());

  private final BlockDevice device;
  private final boolean readOnly;
  private final Inode root;
  private long inodes;

  ToyVolume(BlockDevice device, boolean readOnly) {
    this.device = device;
    this.readOnly = readOnly;
    this.root = inode(NodeType.DIRECTORY);
    root.names = 1;
  }

  private Inode inode(NodeType type) {
    return new Inode(++inodes, type);
  }

  /** Lets names in a directory, which is empty, be compared without case from now on. */
  public synchronized void makeCaseless(Node directory) throws IOException {
    existing(directory).caseless = true;
  }

  /** Sets owner and permissions, of which the interface of drivers cannot yet set the owner. */
  public synchronized void own(Node node, PosixFacts facts) throws IOException {
    existing(node).posix = facts;
  }

  /** Makes a node that is neither a file nor a directory nor a link. */
  public synchronized Node createOther(Node directory, String name) throws IOException {
    return add(directory, name, () -> inode(NodeType.OTHER));
  }

  @Override
  public String type() {
    return "toy";
  }

  @Override
  public Set<Feature> features() {
    return EnumSet.complementOf(EnumSet.of(Feature.DOS));
  }

  @Override
  public boolean isReadOnly() {
    return readOnly;
  }

  @Override
  public Optional<String> label() {
    return Optional.empty();
  }

  @Override
  public Optional<String> serial() {
    return Optional.empty();
  }

  @Override
  public NameRules names() {
    return NameRules.EXACT;
  }

  @Override
  public NameRules names(Node directory) {
    return rules(((ToyNode) directory).inode());
  }

  private static NameRules rules(Inode directory) {
    return directory.caseless ? CASELESS : NameRules.EXACT;
  }

  private static Inode.Entry find(Inode directory, String name) {
    return directory.entries.get(rules(directory).fold(name));
  }

  @Override
  public VolumeSpace space() {
    return new VolumeSpace(1 << 30, 1 << 30, 1);
  }

  @Override
  public Node root() {
    return new ToyNode(root, null, "");
  }

  @Override
  public synchronized Node lookup(Node directory, String name) {
    Inode inode = directory(directory);
    Inode.Entry entry = find(inode, name);
    return entry == null ? null : new ToyNode(entry.inode(), inode, entry.name());
  }

  @Override
  public String name(Node node) {
    return ((ToyNode) node).name();
  }

  @Override
  public NodePlace place(Node node) {
    ToyNode ours = (ToyNode) node;
    return ours.directory() == null
        ? NodePlace.NONE
        : new NodePlace(ours.directory().number, ours.name());
  }

  /** Returns where a file is that was opened by a name; unknown once it has another one. */
  synchronized NodePlace placeNow(ToyNode opened) {
    if (opened.inode().names == 0) {
      return NodePlace.NONE;
    }
    Inode.Entry entry = find(opened.directory(), opened.name());
    return entry != null && entry.inode() == opened.inode() ? place(opened) : NodePlace.UNKNOWN;
  }

  /** A cursor goes over what was there when it was made. */
  @Override
  public synchronized DirectoryCursor list(Node directory) {
    Inode inode = directory(directory);
    Iterator<Inode.Entry> entries = List.copyOf(inode.entries.values()).iterator();
    return () -> {
      if (!entries.hasNext()) {
        return null;
      }
      Inode.Entry next = entries.next();
      return new DirectoryCursor.Entry(next.name(), new ToyNode(next.inode(), inode, next.name()));
    };
  }

  @Override
  public synchronized NodeAttributes attributes(Node node) throws IOException {
    return existing(node).attributes();
  }

  @Override
  public synchronized OpenNode open(Node file) throws IOException {
    if (file.type() != NodeType.FILE) {
      throw new IllegalArgumentException("not a file: " + file);
    }
    return new ToyContents(this, existing(file), (ToyNode) file);
  }

  @Override
  public synchronized String readLink(Node link) throws IOException {
    if (link.type() != NodeType.SYMLINK) {
      throw new IllegalArgumentException("not a symbolic link: " + link);
    }
    return existing(link).target();
  }

  @Override
  public synchronized Node create(
      Node directory, String name, NodeType type, AttributeChange attributes) throws IOException {
    return add(
        directory,
        name,
        () -> {
          Inode inode = inode(type);
          inode.change(attributes);
          return inode;
        });
  }

  @Override
  public synchronized Node createSymbolicLink(Node directory, String name, String target)
      throws IOException {
    return add(
        directory,
        name,
        () -> {
          Inode link = inode(NodeType.SYMLINK);
          link.contents = target.getBytes(StandardCharsets.UTF_8);
          return link;
        });
  }

  @Override
  public synchronized Node createLink(Node directory, String name, Node existing)
      throws IOException {
    Inode inode = existing(existing);
    return add(directory, name, () -> inode);
  }

  private Node add(Node directory, String name, Supplier<Inode> made) throws IOException {
    requireWritable();
    directory(directory);
    Inode parent = existing(directory);
    if (find(parent, name) != null) {
      throw new FileAlreadyExistsException(name);
    }
    rules(parent).check(name);
    return put(parent, name, made.get());
  }

  private static Node put(Inode parent, String name, Inode inode) {
    parent.entries.put(rules(parent).fold(name), new Inode.Entry(name, inode));
    parent.modified();
    inode.names++;
    if (inode.type == NodeType.DIRECTORY) {
      inode.parent = parent;
    }
    return new ToyNode(inode, parent, name);
  }

  @Override
  public synchronized void delete(Node node) throws IOException {
    requireWritable();
    Inode inode = current(node);
    requireEmpty(inode);
    take((ToyNode) node);
  }

  private static void requireEmpty(Inode inode) throws DirectoryNotEmptyException {
    if (!inode.entries.isEmpty()) {
      throw new DirectoryNotEmptyException("inode " + inode.number);
    }
  }

  private static void take(ToyNode node) {
    Inode parent = node.directory();
    parent.entries.remove(rules(parent).fold(node.name()));
    parent.modified();
    node.inode().names--;
  }

  @Override
  public synchronized Node move(Node node, Node directory, String name, boolean replace)
      throws IOException {
    requireWritable();
    Inode inode = current(node);
    Inode target = existing(directory);
    for (Inode above = target; above != null; above = above.parent) {
      if (above == inode) {
        throw new FileSystemException(name, null, "a directory cannot come to lie in itself");
      }
    }
    ToyNode from = (ToyNode) node;
    Inode.Entry there = find(target, name);
    boolean itself = there != null && there.inode() == inode;
    if (itself && (target != from.directory() || !there.name().equals(from.name()))) {
      // Another one of its names.
      return node;
    }
    if (there != null && !itself) {
      if (!replace) {
        throw new FileAlreadyExistsException(name);
      }
      requireEmpty(there.inode());
    }
    rules(target).check(name);
    if (there != null && !itself) {
      take(new ToyNode(there.inode(), target, there.name()));
    }
    take(from);
    return put(target, name, inode);
  }

  @Override
  public synchronized void change(Node node, AttributeChange change) throws IOException {
    requireWritable();
    existing(node).change(change);
  }

  @Override
  public synchronized List<String> streams(Node node) throws IOException {
    return List.copyOf(existing(node).streams.keySet());
  }

  @Override
  public synchronized OpenNode openStream(Node node, String name, boolean create)
      throws IOException {
    Inode inode = existing(node);
    Inode stream = inode.streams.get(name);
    if (stream == null) {
      if (!create) {
        throw new NoSuchFileException(name);
      }
      requireWritable();
      stream = inode(NodeType.FILE);
      inode.streams.put(name, stream);
    }
    return new ToyContents(this, stream, (ToyNode) node);
  }

  @Override
  public synchronized void deleteStream(Node node, String name) throws IOException {
    requireWritable();
    if (existing(node).streams.remove(name) == null) {
      throw new NoSuchFileException(name);
    }
  }

  @Override
  public void close() throws IOException {
    device.close();
  }

  private void requireWritable() {
    if (readOnly) {
      throw new ReadOnlyFileSystemException();
    }
  }

  private static Inode directory(Node node) {
    if (!node.isDirectory()) {
      throw new IllegalArgumentException("not a directory: " + node);
    }
    return ((ToyNode) node).inode();
  }

  /** Returns the inode of a node, which may have any name by now. */
  private static Inode existing(Node node) throws NoSuchFileException {
    Inode inode = ((ToyNode) node).inode();
    if (inode.names == 0) {
      throw new NoSuchFileException(node.toString());
    }
    return inode;
  }

  /** Returns the inode of a node that still has the name by which it was found. */
  private Inode current(Node node) throws IOException {
    ToyNode ours = (ToyNode) node;
    if (ours.inode() == root) {
      throw new FileSystemException("/", null, "the root can be neither moved nor deleted");
    }
    Inode.Entry entry = find(ours.directory(), ours.name());
    if (entry == null || entry.inode() != ours.inode() || !entry.name().equals(ours.name())) {
      throw new NoSuchFileException(node.toString());
    }
    return ours.inode();
  }
}
