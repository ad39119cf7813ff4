package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Chains that are longer than their files, and how a repair cuts them. */
final class LongChains {

  /** A file whose chain is to be cut. */
  private record LongChain(DirectoryEntry entry, int wanted) {}

  private final BlockDevice device;
  private final FatTable table;
  private final List<LongChain> chains = new ArrayList<>();

  LongChains(BlockDevice device, FatTable table) {
    this.device = device;
    this.table = table;
  }

  /** Adds a file, and how many clusters it is to keep. */
  void add(DirectoryEntry entry, int wanted) {
    chains.add(new LongChain(entry, wanted));
  }

  /** Leaves all chains as they are. */
  void clear() {
    chains.clear();
  }

  /** Ends chains where the sizes end, then frees the rest; a cut between leaves lost clusters. */
  void cut(FatWriter writer) throws IOException {
    List<Integer> rests = new ArrayList<>();
    for (LongChain chain : chains) {
      int rest = cut(writer, chain);
      if (rest != 0) {
        rests.add(rest);
      }
    }
    if (!rests.isEmpty()) {
      device.flush();
      for (int rest : rests) {
        writer.freeClusters().freeUnlessShared(Chain.whole(rest));
      }
      writer.freeClusters().submit();
      device.flush();
    }
  }

  /** Ends one chain, and returns where the rest begins, 0 if it cannot be ended. */
  private int cut(FatWriter writer, LongChain chain) throws IOException {
    int first = (int) chain.entry().firstCluster();
    if (chain.wanted() == 0) {
      try (Change change = writer.begin()) {
        byte[] slot = change.read(chain.entry().position(), DirectorySlots.SLOT_BYTES);
        byte[] emptied = new ShortEntry(slot, writer.geometry().isFat32()).firstCluster(0).bytes();
        change.write(
            WriteOrder.ENTRIES_ADDED, chain.entry().position(), emptied, 0, emptied.length);
        change.submit();
      }
      return first;
    }
    FatTable.Cursor cursor = table.cursor();
    int last = first;
    for (int i = 1; i < chain.wanted(); i++) {
      last = cursor.get(last);
    }
    if (writer.geometry().type().straddles(last)) {
      // Its entry lies in two sectors and cannot be written as one: it stays a finding.
      return 0;
    }
    int rest = cursor.get(last);
    try (Change change = writer.begin()) {
      change.table().set(WriteOrder.ALLOCATIONS, last, writer.geometry().type().end());
      change.submit();
    }
    return rest;
  }
}
