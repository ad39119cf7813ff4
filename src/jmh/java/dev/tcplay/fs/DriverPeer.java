package dev.tcplay.fs;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;

/** The FAT driver itself. A name is looked up for every call, as the provider does. */
final class DriverPeer implements Peer {

  private final MountedVolume volume;

  private DriverPeer(MountedVolume volume) {
    this.volume = volume;
  }

  static FileSystemDriver driver(String name) {
    return ServiceLoader.load(FileSystemDriver.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(driver -> driver.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static DriverPeer format(BlockDevice device) throws IOException {
    FormatOptions options =
        FormatOptions.DEFAULT
            .withType(Optional.of("FAT32"))
            .withZone(ZoneId.systemDefault())
            .withCodePage(codePage());
    driver("fat").format(device, options);
    return mount(device);
  }

  static DriverPeer mount(BlockDevice device) throws IOException {
    MountOptions options =
        MountOptions.DEFAULT
            .withNamed(true)
            .withZone(ZoneId.systemDefault())
            .withCodePage(codePage());
    return new DriverPeer(driver("fat").mount(device, options));
  }

  private static Charset codePage() {
    return Charset.forName("IBM437");
  }

  private Node find(String name) throws IOException {
    return name.isEmpty()
        ? volume.root()
        : Objects.requireNonNull(volume.lookup(volume.root(), name));
  }

  @Override
  public void makeDirectory(String directory) throws IOException {
    volume.create(volume.root(), directory, NodeType.DIRECTORY, AttributeChange.NONE);
  }

  @Override
  public void makeFile(String directory, String name) throws IOException {
    volume.create(find(directory), name, NodeType.FILE, AttributeChange.NONE);
  }

  @Override
  public Contents open(String name) throws IOException {
    return new Open(volume.open(find(name)));
  }

  @Override
  public Contents openEmptied(String name) throws IOException {
    OpenNode node = volume.open(find(name));
    node.truncate(0);
    return new Open(node);
  }

  private record Open(OpenNode node) implements Contents {

    @Override
    public void read(long position, byte[] target, int length) throws IOException {
      if (node.read(position, target, 0, length) != length) {
        throw new IOException("a short read at " + position);
      }
    }

    @Override
    public void write(long position, byte[] source, int length) throws IOException {
      node.write(position, source, 0, length);
    }

    @Override
    public void close() throws IOException {
      node.close();
    }
  }

  @Override
  public long walk() throws IOException {
    return walk(volume.root());
  }

  private long walk(Node directory) throws IOException {
    DirectoryCursor cursor = volume.list(directory);
    long sum = 0;
    DirectoryCursor.Entry entry;
    while ((entry = cursor.next()) != null) {
      NodeAttributes attributes = volume.attributes(entry.node());
      sum +=
          attributes.size()
              + attributes.modified().orElseThrow().toMillis()
              + entry.name().length();
      if (attributes.type() == NodeType.DIRECTORY) {
        sum += walk(entry.node());
      }
    }
    return sum;
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
