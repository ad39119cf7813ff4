package dev.tcplay.fs.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.TypedVolumes;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Random use of a volume by one thread while errors strike, and what must hold afterwards: a volume
 * with damage is not marked clean, what was closed can be read, and what was forced is there.
 */
final class ErrorWorkload {

  private final Random random;

  /** Begins the names of this thread's files; no other thread uses them. */
  private final String prefix;

  /** What files must hold. */
  private final ErrorLedger ledger = new ErrorLedger();

  /** Handles that are kept open, by path. */
  private final Map<String, OpenNode> held = new HashMap<>();

  private final Map<String, byte[]> heldBytes = new HashMap<>();

  ErrorWorkload(Random random, String prefix) {
    this.random = random;
    this.prefix = prefix;
  }

  /** Makes steps until the volume is read-only. */
  void use(MountedVolume volume, int steps) {
    for (int i = 0; i < steps && !volume.isReadOnly(); i++) {
      try {
        step(volume);
      } catch (AssertionError e) {
        throw e;
      } catch (IOException | RuntimeException | Error e) {
        // What may be changed by the step was forgotten before.
        ledger.note("failed: " + e);
      }
    }
  }

  private void step(MountedVolume volume) throws IOException {
    String path = path();
    switch (random.nextInt(16)) {
      case 0, 1 -> delete(volume, path);
      case 2 -> move(volume, path, path());
      case 3 -> volume.create(volume.root(), directory(), NodeType.DIRECTORY, AttributeChange.NONE);
      case 4 -> moveDirectory(volume, directory(), directory());
      case 5 -> delete(volume, "/" + directory());
      case 6 -> hold(volume, path);
      case 7 -> letGo();
      case 8 -> compare(volume, path);
      case 9 -> look(volume, path);
      case 10 -> append(volume, path);
      case 11 -> truncate(volume, path);
      case 12 -> force(volume);
      default -> write(volume, path);
    }
  }

  private String directory() {
    return prefix + "directory " + random.nextInt(3);
  }

  private String path() {
    String parent = random.nextInt(3) == 0 ? "/" + directory() : "";
    return parent + "/" + prefix + (random.nextBoolean() ? "long name " : "F") + random.nextInt(9);
  }

  /** Returns the node of a file that nobody has open, null if there is none. */
  private Node free(MountedVolume volume, String path) throws IOException {
    return held.containsKey(path) ? null : Walk.find(volume, path);
  }

  private byte[] bytes() {
    byte[] bytes = new byte[1 + random.nextInt(random.nextInt(8) == 0 ? 150_000 : 6000)];
    random.nextBytes(bytes);
    return bytes;
  }

  private void write(MountedVolume volume, String path) throws IOException {
    Node parent = Walk.find(volume, Walk.parent(path));
    if (parent == null || held.containsKey(path)) {
      return;
    }
    Node node = Walk.find(volume, path);
    byte[] bytes = bytes();
    boolean force = random.nextInt(3) == 0;
    ledger.forget(path);
    Node file =
        node == null
            ? volume.create(parent, Walk.name(path), NodeType.FILE, AttributeChange.NONE)
            : node;
    try (OpenNode open = volume.open(file)) {
      open.truncate(0);
      int half = random.nextInt(bytes.length);
      open.write(0, bytes, 0, half);
      open.write(half, bytes, half, bytes.length - half);
      if (force) {
        open.force();
      }
    }
    ledger.done(path, bytes, force);
  }

  private void append(MountedVolume volume, String path) throws IOException {
    Node node = free(volume, path);
    byte[] before = ledger.known(path);
    if (node == null || before == null) {
      return;
    }
    byte[] more = bytes();
    ledger.forget(path);
    try (OpenNode open = volume.open(node)) {
      open.append(more, 0, more.length);
    }
    byte[] all = Arrays.copyOf(before, before.length + more.length);
    System.arraycopy(more, 0, all, before.length, more.length);
    ledger.done(path, all, false);
  }

  private void truncate(MountedVolume volume, String path) throws IOException {
    Node node = free(volume, path);
    byte[] before = ledger.known(path);
    if (node == null || before == null) {
      return;
    }
    int kept = random.nextInt(before.length + 1);
    ledger.forget(path);
    try (OpenNode open = volume.open(node)) {
      open.truncate(kept);
    }
    ledger.done(path, Arrays.copyOf(before, kept), false);
  }

  /** Deletes a file or a directory; only an empty one goes. */
  private void delete(MountedVolume volume, String path) throws IOException {
    Node node = free(volume, path);
    if (node != null) {
      ledger.forget(path);
      volume.delete(node);
    }
  }

  private void move(MountedVolume volume, String from, String to) throws IOException {
    Node node = free(volume, from);
    Node parent = Walk.find(volume, Walk.parent(to));
    if (node == null || parent == null || held.containsKey(to) || from.equals(to)) {
      return;
    }
    byte[] bytes = ledger.known(from);
    ledger.forget(from);
    ledger.forget(to);
    volume.move(node, parent, Walk.name(to), true);
    if (bytes != null) {
      ledger.done(to, bytes, false);
    }
  }

  private void moveDirectory(MountedVolume volume, String from, String to) throws IOException {
    Node node = Walk.find(volume, "/" + from);
    boolean isUsed = held.keySet().stream().anyMatch(path -> path.contains("directory"));
    if (node == null || from.equals(to) || isUsed) {
      return;
    }
    Map<String, byte[]> moved = new HashMap<>();
    for (String path : ledger.closed()) {
      if (path.startsWith("/" + from + "/")) {
        byte[] bytes = ledger.known(path);
        if (bytes != null) {
          moved.put(path.replace(from, to), bytes);
        }
        ledger.forget(path);
      }
    }
    volume.move(node, volume.root(), to, false);
    moved.forEach((path, bytes) -> ledger.done(path, bytes, false));
  }

  /** Writes a file and leaves it open. */
  private void hold(MountedVolume volume, String path) throws IOException {
    Node node = free(volume, path);
    if (node == null) {
      return;
    }
    byte[] bytes = bytes();
    ledger.forget(path);
    OpenNode open = volume.open(node);
    held.put(path, open);
    open.truncate(0);
    open.write(0, bytes, 0, bytes.length);
    heldBytes.put(path, bytes);
  }

  private void letGo() throws IOException {
    if (!held.isEmpty()) {
      String path = held.keySet().iterator().next();
      OpenNode open = held.remove(path);
      byte[] bytes = heldBytes.remove(path);
      open.close();
      if (bytes != null) {
        ledger.done(path, bytes, false);
      }
    }
  }

  private void force(MountedVolume volume) throws IOException {
    volume.force();
    ledger.allForced();
  }

  private void look(MountedVolume volume, String path) throws IOException {
    Walk.names(volume, "/");
    volume.space();
    Node node = Walk.find(volume, path);
    if (node != null) {
      volume.attributes(node);
    }
    volume.setLabel(Optional.of(random.nextBoolean() ? "ONE" : "TWO"));
  }

  private void compare(MountedVolume volume, String path) throws IOException {
    byte[] wanted = ledger.known(path);
    if (wanted != null) {
      Node node = Walk.find(volume, path);
      assertNotNull(node, () -> path + " is gone at once");
      assertArrayEquals(wanted, Walk.read(volume, node), path);
    }
  }

  /** Closes all that is open, whatever becomes of it. */
  void letAllGo() {
    while (!held.isEmpty()) {
      try {
        letGo();
      } catch (IOException | RuntimeException | Error e) {
        // The file counts as not closed.
      }
    }
  }

  /** Takes note of how the volume ended. */
  void ended(boolean wellClosed) {
    ledger.ended(wellClosed);
  }

  /** Mounts what is on a disk, and compares. */
  void judge(BlockDevice disk) throws IOException {
    ledger.judge(disk);
  }

  /** Fails if a volume has damage and no mark that says that it may; returns what a check finds. */
  static List<Finding> judgeMark(BlockDevice disk) throws IOException {
    List<Finding> findings = new ArrayList<>();
    TypedVolumes.driver(disk).check(disk, TypedVolumes.OPTIONS, findings::add);
    boolean isDirty = findings.stream().anyMatch(finding -> finding.kind().equals("dirty"));
    assertTrue(isDirty || findings.isEmpty(), () -> "clean with " + findings);
    return findings;
  }
}
