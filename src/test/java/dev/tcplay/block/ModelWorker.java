package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.tcplay.block.WriteBatch.Group;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Does random things to a range of a device that nobody else touches, and knows what must be in it.
 * After a request that failed, a sector may hold what it held before or anything that the request
 * would have made of it; which one is found out by reading.
 */
final class ModelWorker {

  private static final int SECTOR = 512;

  private final BlockDevice device;
  private final int start;
  private final byte[] model;
  private final Random random;
  private final int longest;
  private long done;
  private long failed;
  private long interrupted;
  private List<byte[]> versionsAtClose = List.of();

  /** Works on {@code [start, start + length)}, from what it holds now, in pieces up to longest. */
  ModelWorker(BlockDevice device, int start, int length, int longest, Random random)
      throws IOException {
    this.device = device;
    this.start = start;
    this.model = new byte[length];
    this.longest = longest;
    this.random = random;
    learn(0, length);
  }

  long done() {
    return done;
  }

  long failed() {
    return failed;
  }

  /** Returns after how many requests the thread was interrupted. */
  long interrupted() {
    return interrupted;
  }

  /**
   * Does one random thing; a failure of the device is part of the game.
   *
   * @return false once the device is closed
   */
  boolean step() throws IOException {
    int kind = random.nextInt(100);
    int length = 1 + random.nextInt(random.nextInt(8) == 0 ? longest : Math.min(longest, 5_000));
    int at = random.nextInt(model.length - length + 1);
    List<byte[]> versions = new ArrayList<>(List.of(model.clone()));
    try {
      if (kind < 45) {
        byte[] read = new byte[length];
        device.read(start + at, read, 0, length);
        assertSame(at, read);
      } else if (kind < 80) {
        byte[] bytes = randomBytes(length);
        versions.add(changed(model, at, bytes));
        device.write(start + at, bytes, 0, length);
        System.arraycopy(bytes, 0, model, at, length);
      } else if (kind < 94) {
        WriteBatch batch = randomBatch(versions);
        device.submit(batch);
        byte[] last = versions.get(versions.size() - 1);
        System.arraycopy(last, 0, model, 0, model.length);
      } else if (kind < 98) {
        device.flush();
      } else {
        versions.clear();
        device.discard(start + at, length);
        learn(at, length);
      }
      done++;
      interrupted += Thread.interrupted() ? 1 : 0;
    } catch (ClosedChannelException e) {
      versionsAtClose = versions;
      return false;
    } catch (IOException e) {
      learnWhatHappened(versions);
    }
    return true;
  }

  private WriteBatch randomBatch(List<byte[]> versions) {
    WriteBatch batch = new WriteBatch();
    if (random.nextInt(10) == 0) {
      batch.afterEarlierBatches();
    }
    for (Group group : Group.values()) {
      for (int writes = random.nextInt(3); writes > 0; writes--) {
        byte[] bytes = randomBytes(1 + random.nextInt(Math.min(longest, 2_000)));
        int at = random.nextInt(model.length - bytes.length + 1);
        if (random.nextInt(3) == 0) {
          batch.writeBy(group, start + at, bytes, 0, bytes.length);
        } else {
          batch.write(group, start + at, bytes, 0, bytes.length);
        }
        versions.add(changed(versions.get(versions.size() - 1), at, bytes));
      }
    }
    return batch;
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] changed(byte[] old, int at, byte[] bytes) {
    byte[] changed = old.clone();
    System.arraycopy(bytes, 0, changed, at, bytes.length);
    return changed;
  }

  private void assertSame(int at, byte[] read) {
    for (int i = 0; i < read.length; i++) {
      if (read[i] != model[at + i]) {
        fail("at " + (start + at + i) + ": " + read[i] + " is not " + model[at + i]);
      }
    }
  }

  /** After a failure: takes over what is there, if it is one of the versions that may be. */
  private void learnWhatHappened(List<byte[]> versions) throws IOException {
    failed++;
    takeOver(readPatiently(0, model.length), versions);
  }

  private void takeOver(byte[] read, List<byte[]> versions) {
    for (int from = 0; from < model.length && !versions.isEmpty(); ) {
      int to = Math.min(model.length, ((start + from) / SECTOR + 1) * SECTOR - start);
      int begin = from;
      assertTrue(
          versions.stream().anyMatch(v -> equal(v, read, begin, to)),
          () -> "sector at " + (start + begin) + " is none of its versions");
      from = to;
    }
    System.arraycopy(read, 0, model, 0, model.length);
  }

  private static boolean equal(byte[] a, byte[] b, int from, int to) {
    return Arrays.equals(a, from, to, b, from, to);
  }

  private void learn(int at, int length) throws IOException {
    System.arraycopy(readPatiently(at, length), 0, model, at, length);
  }

  /** Reads piece by piece and again, as a device with faults fails long requests more often. */
  private byte[] readPatiently(int at, int length) throws IOException {
    byte[] read = new byte[length];
    for (int done = 0; done < length; ) {
      int n = Math.min(4096, length - done);
      for (int attempt = 0; ; attempt++) {
        try {
          device.read(start + at + done, read, done, n);
          break;
        } catch (IOException e) {
          if (e instanceof ClosedChannelException) {
            throw e;
          }
          assertTrue(attempt < 10_000, "reading never succeeds");
        }
      }
      done += n;
    }
    return read;
  }

  /** Checks the whole range on a device, which must not fail. */
  void verify(BlockDevice other) throws IOException {
    byte[] read = new byte[model.length];
    other.read(start, read, 0, read.length);
    if (!versionsAtClose.isEmpty()) {
      takeOver(read, versionsAtClose);
    }
    assertSame(0, read);
  }
}
