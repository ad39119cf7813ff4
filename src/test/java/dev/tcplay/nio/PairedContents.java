package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Reads and writes the same contents of files in two directory trees. */
final class PairedContents {

  private static final int MOST_BYTES = 20_000;

  private final PairedTrees trees;
  private final Random random;

  PairedContents(PairedTrees trees, Random random) {
    this.trees = trees;
    this.random = random;
  }

  private byte[] anyBytes() {
    // Not none at all: the model then extends the file and sets its time, unlike an operating
    // system.
    byte[] bytes = new byte[1 + random.nextInt(random.nextInt(4) == 0 ? MOST_BYTES : 700)];
    random.nextBytes(bytes);
    return bytes;
  }

  /**
   * A directory cannot be opened, and the model makes no file where a link leads to nothing; how
   * that fails is not what is compared here.
   */
  private boolean isNoFile(String path) {
    Path there = trees.model().resolve(path);
    return Files.isDirectory(there) || (Files.isSymbolicLink(there) && !Files.exists(there));
  }

  void writeAll(String path) {
    byte[] bytes = anyBytes();
    OpenOption[] options =
        switch (random.nextInt(6)) {
          case 0 -> new OpenOption[] {WRITE, CREATE_NEW};
          case 1 -> new OpenOption[] {WRITE};
          case 2 -> new OpenOption[] {CREATE, APPEND};
          case 3 -> new OpenOption[] {WRITE, CREATE};
          default -> new OpenOption[] {WRITE, CREATE, TRUNCATE_EXISTING};
        };
    if (!isNoFile(path)) {
      trees.both(
          "write " + bytes.length + " to " + path + " " + Arrays.toString(options),
          root -> Files.size(Files.write(root.resolve(path), bytes, options)));
    }
  }

  void writeSomewhere(String path) {
    byte[] bytes = anyBytes();
    int position = random.nextInt(MOST_BYTES);
    boolean fileChannel = random.nextBoolean();
    if (!isNoFile(path)) {
      trees.both(
          "write " + bytes.length + " at " + position + " of " + path,
          root -> {
            Path file = root.resolve(path);
            if (fileChannel) {
              try (FileChannel channel = FileChannel.open(file, READ, WRITE, CREATE)) {
                channel.write(ByteBuffer.wrap(bytes), position);
                return channel.size() + " " + channel.position();
              }
            }
            try (SeekableByteChannel channel = Files.newByteChannel(file, WRITE, CREATE)) {
              channel.position(position).write(ByteBuffer.wrap(bytes));
              return channel.size() + " " + channel.position();
            }
          });
    }
  }

  void truncate(String path) {
    int size = random.nextInt(3) == 0 ? 0 : random.nextInt(MOST_BYTES);
    if (!isNoFile(path)) {
      trees.both(
          "truncate to " + size + " " + path,
          root -> {
            try (SeekableByteChannel channel = Files.newByteChannel(root.resolve(path), WRITE)) {
              // Where nothing is cut off the model sets the time, unlike an operating system.
              if (size < channel.size()) {
                channel.truncate(size);
              }
              return channel.size() + " " + channel.position();
            }
          });
    }
  }

  void readSomewhere(String path) {
    int skip = random.nextInt(700);
    if (!isNoFile(path)) {
      trees.both(
          "read from " + skip + " of " + path,
          root -> {
            try (InputStream in = Files.newInputStream(root.resolve(path))) {
              return in.skip(skip) + " " + Arrays.hashCode(in.readAllBytes());
            }
          });
    }
  }
}
