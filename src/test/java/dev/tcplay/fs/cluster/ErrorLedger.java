package dev.tcplay.fs.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.testing.TypedVolumes;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the files of one thread must hold though errors strike, by what was done to them. */
final class ErrorLedger {

  /** What files hold that were closed, or changed by name, without a failure. */
  private final Map<String, byte[]> known = new HashMap<>();

  private final Map<String, byte[]> forced = new HashMap<>();
  private final Set<String> closed = new HashSet<>();

  /** What was done, for who looks for a fault. */
  private final List<String> history = new ArrayList<>();

  /** Takes note of something for who looks for a fault. */
  void note(String text) {
    history.add(history.size() + " " + text);
  }

  /** Returns what a file holds, null if that is not known. */
  byte[] known(String path) {
    return known.get(path);
  }

  /** Returns the files that were closed, or changed by name, without a failure. */
  List<String> closed() {
    return List.copyOf(closed);
  }

  /** Takes note that a file is about to change, or to go. */
  void forget(String path) {
    history.add(history.size() + " changes: " + path);
    known.remove(path);
    forced.remove(path);
    closed.remove(path);
  }

  /** Takes note of what a file holds now. */
  void done(String path, byte[] bytes, boolean isForced) {
    history.add(
        history.size() + " done: " + path + " " + bytes.length + (isForced ? " forced" : ""));
    closed.add(path);
    known.put(path, bytes);
    if (isForced) {
      forced.put(path, bytes);
    }
  }

  /** Takes note that the volume was forced. */
  void allForced() {
    forced.putAll(known);
    note("all forced");
  }

  /** Takes note of how the volume ended: what was not forced may be lost after a failure. */
  void ended(boolean wellClosed) {
    history.add(history.size() + " ended, well: " + wellClosed);
    if (wellClosed) {
      forced.putAll(known);
    } else {
      known.clear();
      known.putAll(forced);
    }
  }

  /** Mounts what is on a disk, and compares. */
  void judge(BlockDevice disk) throws IOException {
    MountedVolume volume = TypedVolumes.mount(disk);
    for (String path : closed) {
      byte[] wanted = forced.get(path);
      try {
        Node node = Walk.find(volume, path);
        if (wanted != null) {
          assertNotNull(node, () -> path + " was forced and is gone");
          byte[] bytes = Walk.read(volume, node);
          assertArrayEquals(wanted, bytes, () -> path + " has " + bytes.length + ": " + history);
        } else if (node != null) {
          Walk.read(volume, node);
        }
      } catch (CorruptFileSystemException e) {
        throw new AssertionError(path + " cannot be read: " + history, e);
      }
    }
    volume.close();
  }
}
