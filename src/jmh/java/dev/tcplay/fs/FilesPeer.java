package dev.tcplay.fs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** A folder of any provider, by {@link Files} and {@link FileChannel}. */
record FilesPeer(Path root, Closeable fileSystem) implements Peer {

  @Override
  public void makeDirectory(String directory) throws IOException {
    Files.createDirectory(root.resolve(directory));
  }

  @Override
  public void makeFile(String directory, String name) throws IOException {
    Files.createFile(root.resolve(directory).resolve(name));
  }

  @Override
  public Contents open(String name) throws IOException {
    return open(name, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public Contents openEmptied(String name) throws IOException {
    return open(name, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private Contents open(String name, OpenOption... options) throws IOException {
    return new Open(FileChannel.open(root.resolve(name), options));
  }

  private record Open(FileChannel channel) implements Contents {

    @Override
    public void read(long position, byte[] target, int length) throws IOException {
      if (channel.read(ByteBuffer.wrap(target, 0, length), position) != length) {
        throw new IOException("a short read at " + position);
      }
    }

    @Override
    public void write(long position, byte[] source, int length) throws IOException {
      channel.write(ByteBuffer.wrap(source, 0, length), position);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  @Override
  public long walk() throws IOException {
    Sum sum = new Sum();
    Files.walkFileTree(root, sum);
    return sum.total;
  }

  private static final class Sum extends SimpleFileVisitor<Path> {

    private long total;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      total += attributes.size() + attributes.lastModifiedTime().toMillis();
      total += file.getFileName().toString().length();
      return FileVisitResult.CONTINUE;
    }
  }

  @Override
  public void close() throws IOException {
    fileSystem.close();
  }
}
