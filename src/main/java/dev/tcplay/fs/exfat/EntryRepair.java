package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.UpcaseTable;
import dev.tcplay.fs.cluster.Findings;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Mends entries where they stand, each by one write into one sector. */
final class EntryRepair implements CheckNotes {

  private static final int SECTOR = DirectorySlots.SECTOR;

  private final BlockDevice device;
  private final UpcaseTable upcase;
  private @Nullable IOException failure;

  EntryRepair(BlockDevice device, UpcaseTable upcase) {
    this.device = device;
    this.upcase = upcase;
  }

  /** Goes through the tree, so that no places need to be remembered. */
  void run(SystemFiles system) throws IOException {
    system.walk(new Findings(finding -> {}), this, system.claims(extent -> {}));
    IOException failed = failure;
    if (failed != null) {
      throw failed;
    }
    device.flush();
  }

  @Override
  public void torn(long position) {
    attempt(() -> unuse(position));
  }

  @Override
  public void wrongFields(DirectoryEntry entry) {
    attempt(() -> mend(entry));
  }

  private void unuse(long position) throws IOException {
    byte[] type = new byte[1];
    device.read(position, type, 0, 1);
    type[0] &= ~EntryType.IN_USE;
    device.write(position, type, 0, 1);
  }

  /** Puts right what follows from other fields, if all that changes lies in one sector. */
  private void mend(DirectoryEntry entry) throws IOException {
    byte[] old = entry.set().bytes();
    EntrySet set = EntrySet.parse(old.clone());
    set = set.withName(entry.name(), upcase.toUpper(entry.name()));
    Allocation contents = set.allocation();
    if (contents.length() == 0) {
      // Where a directory begins may be all that leads to its files.
      if (!set.isDirectory()) {
        set.allocation(Allocation.NONE);
      }
    } else if (Long.compareUnsigned(contents.validLength(), contents.length()) > 0) {
      set.allocation(
          new Allocation(
              contents.firstCluster(),
              contents.length(),
              contents.length(),
              contents.isContiguous()));
    }
    byte[] mended = set.bytes();
    int from = Arrays.mismatch(old, mended);
    int to = mended.length;
    while (from >= 0 && old[to - 1] == mended[to - 1]) {
      to--;
    }
    boolean isInOneSector =
        (entry.position() + from) / SECTOR == (entry.position() + to - 1) / SECTOR;
    if (from >= 0 && isInOneSector) {
      device.write(entry.position() + from, mended, from, to - from);
    }
  }

  /** What may fail. */
  private interface Step {
    void run() throws IOException;
  }

  private void attempt(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      failure = e;
    }
  }
}
