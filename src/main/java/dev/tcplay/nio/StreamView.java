package dev.tcplay.nio;

import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Objects;

/** The view {@code user} of a path: each attribute is a named stream of the file. */
final class StreamView implements UserDefinedFileAttributeView {

  /** Something done with a stream. */
  private interface Use<T> {
    T with(OpenNode stream) throws IOException;
  }

  private final TcplayPath path;
  private final boolean follow;

  StreamView(TcplayPath path, boolean follow) {
    this.path = path;
    this.follow = follow;
  }

  @Override
  public String name() {
    return "user";
  }

  private VolumeAccess access() {
    return path.getFileSystem().access();
  }

  private Node node(MountedVolume volume) throws IOException {
    return NodeFinder.find(volume, path, follow);
  }

  @Override
  public List<String> list() throws IOException {
    return access().find(path, volume -> List.copyOf(volume.streams(node(volume))));
  }

  @Override
  public int size(String name) throws IOException {
    return reading(name, this::size);
  }

  @Override
  public int read(String name, ByteBuffer target) throws IOException {
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("the buffer is read-only");
    }
    byte[] value = value(name, target.remaining());
    target.put(value);
    return value.length;
  }

  /** Returns all bytes of a stream. */
  byte[] value(String name) throws IOException {
    return value(name, Integer.MAX_VALUE);
  }

  private byte[] value(String name, int most) throws IOException {
    return reading(
        name,
        stream -> {
          int size = size(stream);
          if (size > most) {
            throw failure("the attribute " + name + " has " + size + " bytes, which do not fit");
          }
          byte[] bytes = new byte[size];
          if (stream.read(0, bytes, 0, size) < size) {
            throw failure("the attribute " + name + " was changed while it was read");
          }
          return bytes;
        });
  }

  private <T> T reading(String name, Use<T> use) throws IOException {
    Objects.requireNonNull(name, "name");
    return access()
        .call(
            path,
            volume -> {
              try (OpenNode stream = volume.openStream(node(volume), name, false)) {
                return use.with(stream);
              }
            });
  }

  private int size(OpenNode stream) throws IOException {
    try {
      return Math.toIntExact(stream.size());
    } catch (ArithmeticException e) {
      throw failure("the attribute is too large for an array");
    }
  }

  /** Replaces what the attribute held. */
  @Override
  public int write(String name, ByteBuffer source) throws IOException {
    Objects.requireNonNull(name, "name");
    byte[] bytes = new byte[source.remaining()];
    source.get(source.position(), bytes);
    access()
        .change(
            path,
            null,
            volume -> {
              try (OpenNode stream = volume.openStream(node(volume), name, true)) {
                stream.write(0, bytes, 0, bytes.length);
                stream.truncate(bytes.length);
              }
            });
    source.position(source.limit());
    return bytes.length;
  }

  @Override
  public void delete(String name) throws IOException {
    Objects.requireNonNull(name, "name");
    VolumeAccess access = access();
    access.call(
        path,
        volume -> {
          Node node = node(volume);
          access.checkChangeable(path, volume);
          volume.deleteStream(node, name);
          return path;
        });
  }

  private FileSystemException failure(String reason) {
    return new FileSystemException(path.toString(), null, reason);
  }
}
