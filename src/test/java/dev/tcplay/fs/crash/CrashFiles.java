package dev.tcplay.fs.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;

/** The files of a workload, some of which stay open: written, cut, forced and closed at random. */
final class CrashFiles {

  private static final int MOST_BYTES = 8000;
  private static final int MOST_AT_ONCE = 3000;

  private final CrashWorkload workload;
  private final MountedVolume volume;
  private final CrashModel model;
  private final IntSupplier clock;
  private final Random random;
  private final Map<CrashItem, OpenNode> open = new LinkedHashMap<>();

  CrashFiles(
      CrashWorkload workload,
      MountedVolume volume,
      CrashModel model,
      IntSupplier clock,
      Random random) {
    this.workload = workload;
    this.volume = volume;
    this.model = model;
    this.clock = clock;
    this.random = random;
  }

  /** Returns a handle on a file, which stays open for a while or is closed by {@link #release}. */
  private OpenNode open(CrashItem file) throws IOException {
    OpenNode node = open.get(file);
    return node == null ? volume.open(workload.find(file)) : node;
  }

  private void release(CrashItem file, OpenNode node) throws IOException {
    if (!open.containsKey(file)) {
      if (random.nextInt(3) == 0) {
        open.put(file, node);
      } else {
        workload.note(clock.getAsInt(), "close " + file);
        node.close();
      }
    }
  }

  /** Returns a file, mostly one that has a name. */
  private CrashItem anyFile() {
    if (!open.isEmpty() && random.nextInt(3) == 0) {
      List<CrashItem> files = List.copyOf(open.keySet());
      return files.get(random.nextInt(files.size()));
    }
    return workload.present(false);
  }

  void write() throws IOException {
    CrashItem file = anyFile();
    if (file != null) {
      int size = file.bytes().length;
      int beyond = random.nextInt(4) == 0 ? random.nextInt(1500) : 0;
      int position = Math.min(MOST_BYTES, random.nextInt(size + 1) + beyond);
      put(file, position, 1 + random.nextInt(MOST_AT_ONCE), false);
    }
  }

  void append() throws IOException {
    CrashItem file = anyFile();
    if (file != null && file.bytes().length < MOST_BYTES) {
      put(file, file.bytes().length, 1 + random.nextInt(MOST_AT_ONCE / 2), true);
    }
  }

  private void put(CrashItem file, int position, int length, boolean append) throws IOException {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    byte[] result = Arrays.copyOf(file.bytes(), Math.max(file.bytes().length, position + length));
    System.arraycopy(bytes, 0, result, position, length);
    OpenNode node = open(file);
    int begin = clock.getAsInt();
    try {
      if (append) {
        assertEquals(position, node.append(bytes, 0, length));
      } else {
        node.write(position, bytes, 0, length);
      }
      workload.note(begin, "write " + length + " at " + position + " of " + file);
    } catch (FileSystemException e) {
      result = partly(file, node, position, bytes);
      workload.note(begin, "full: write " + length + " at " + position + " of " + file + ": " + e);
    }
    file.change(begin, result);
    release(file, node);
  }

  /** Returns what is in a file of which only a first part was written. */
  private byte[] partly(CrashItem file, OpenNode node, int position, byte[] bytes)
      throws IOException {
    byte[] now = contents(node);
    byte[] before = file.bytes();
    for (int i = 0; i < now.length; i++) {
      byte old = i < before.length ? before[i] : 0;
      boolean isNew = i >= position && i < position + bytes.length && now[i] == bytes[i - position];
      int at = i;
      assertEquals(true, isNew || now[i] == old, () -> "byte " + at + " of " + file);
    }
    assertEquals(true, now.length >= before.length, () -> "shorter: " + file);
    return now;
  }

  private static byte[] contents(OpenNode node) throws IOException {
    byte[] bytes = new byte[(int) node.size()];
    int done = 0;
    while (done < bytes.length) {
      int n = node.read(done, bytes, done, bytes.length - done);
      assertEquals(true, n > 0, "a read inside of the file");
      done += n;
    }
    return bytes;
  }

  void truncate() throws IOException {
    CrashItem file = anyFile();
    if (file != null && file.bytes().length > 0) {
      int size = random.nextInt(3) == 0 ? 0 : random.nextInt(file.bytes().length);
      OpenNode node = open(file);
      int begin = clock.getAsInt();
      node.truncate(size);
      file.change(begin, Arrays.copyOf(file.bytes(), size));
      workload.note(begin, "truncate to " + size + " " + file);
      release(file, node);
    }
  }

  void closeOne() throws IOException {
    if (!open.isEmpty()) {
      CrashItem file = open.keySet().iterator().next();
      workload.note(clock.getAsInt(), "close " + file);
      open.remove(file).close();
    }
  }

  void force() throws IOException {
    CrashItem file = anyFile();
    if (file != null) {
      OpenNode node = open(file);
      workload.note(clock.getAsInt(), "force " + file);
      node.force();
      model.forceFile(file, clock.getAsInt());
      release(file, node);
    }
  }

  void closeAll() throws IOException {
    for (OpenNode node : open.values()) {
      node.close();
    }
    open.clear();
  }
}
