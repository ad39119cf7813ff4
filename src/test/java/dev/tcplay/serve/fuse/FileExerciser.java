package dev.tcplay.serve.fuse;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Does by chance all that can be done with the bytes of one file, beside a model in memory. */
final class FileExerciser {

  private static final int LARGEST = 300_000;
  private static final int LONGEST = 70_000;

  private final Path file;
  private final Random random;
  private byte[] model = new byte[0];
  private FileChannel channel;

  FileExerciser(Path file, long seed) throws IOException {
    this.file = file;
    this.random = new Random(seed);
    this.channel = FileChannel.open(file, READ, WRITE, CREATE, TRUNCATE_EXISTING);
  }

  void run(int steps) throws IOException {
    try {
      for (int i = 0; i < steps; i++) {
        int step = i;
        step();
        assertEquals(model.length, channel.size(), () -> "step " + step);
      }
      channel.close();
      assertTrue(Arrays.equals(model, Files.readAllBytes(file)), file::toString);
    } finally {
      channel.close();
    }
  }

  private void step() throws IOException {
    switch (random.nextInt(10)) {
      case 0, 1 -> write(random.nextInt(LARGEST), bytes());
      case 2 -> write(Math.max(0, model.length - random.nextInt(5000)), bytes());
      case 3, 4 -> read();
      case 5 -> truncate();
      case 6 -> append();
      case 7 -> mapped();
      case 8 -> reopen();
      default -> channel.force(random.nextBoolean());
    }
  }

  private byte[] bytes() {
    byte[] bytes = new byte[1 + random.nextInt(random.nextBoolean() ? LONGEST : 100)];
    random.nextBytes(bytes);
    return bytes;
  }

  private void keep(int position, byte[] bytes) {
    model = Arrays.copyOf(model, Math.max(model.length, position + bytes.length));
    System.arraycopy(bytes, 0, model, position, bytes.length);
  }

  private void write(int position, byte[] bytes) throws IOException {
    assertEquals(bytes.length, channel.write(ByteBuffer.wrap(bytes), position));
    keep(position, bytes);
  }

  private void read() throws IOException {
    int position = random.nextInt(LARGEST);
    ByteBuffer into = ByteBuffer.allocate(1 + random.nextInt(LONGEST));
    int length = channel.read(into, position);
    int expected = Math.min(into.capacity(), model.length - position);
    assertEquals(expected <= 0 ? -1 : expected, length);
    if (expected > 0) {
      assertTrue(
          Arrays.equals(model, position, position + expected, into.array(), 0, expected),
          () -> "what was read at " + position);
    }
  }

  private void truncate() throws IOException {
    int size = random.nextInt(model.length + 1);
    channel.truncate(size);
    model = Arrays.copyOf(model, size);
  }

  private void append() throws IOException {
    if (model.length < LARGEST) {
      byte[] bytes = bytes();
      Files.write(file, bytes, APPEND);
      keep(model.length, bytes);
    }
  }

  private void mapped() throws IOException {
    if (model.length > 0) {
      MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, model.length);
      byte[] now = new byte[model.length];
      map.get(0, now);
      assertTrue(Arrays.equals(model, now), "what is mapped");
      byte[] bytes = new byte[1 + random.nextInt(Math.min(model.length, LONGEST))];
      random.nextBytes(bytes);
      int position = random.nextInt(model.length - bytes.length + 1);
      map.put(position, bytes);
      map.force();
      keep(position, bytes);
    }
  }

  private void reopen() throws IOException {
    channel.close();
    channel = FileChannel.open(file, READ, WRITE);
  }
}
