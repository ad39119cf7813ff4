package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Entry sets as others may leave them: the File entry is the last of its sector, so that it and the
 * Stream Extension behind it are never written as one.
 */
final class StraddlingSets {

  private static final byte DELETED = 0x05;

  private StraddlingSets() {}

  /**
   * Puts empty files into the root directory of an empty volume.
   *
   * @param names those with a slash behind them become directories
   */
  static void add(BlockDevice device, List<String> names) throws IOException {
    List<byte[]> sets = new ArrayList<>();
    try (MountedVolume volume = ExFatVolumes.mount(device)) {
      for (String name : names) {
        NodeType type = name.endsWith("/") ? NodeType.DIRECTORY : NodeType.FILE;
        Node made = volume.create(volume.root(), name.replace("/", ""), type, AttributeChange.NONE);
        sets.add(((ExFatNode) made).entry().set().bytes());
      }
      // So that the directory has a sector for each.
      List<Node> fillers = new ArrayList<>();
      for (int i = 0; i <= names.size(); i++) {
        String name = i + "x".repeat(200);
        fillers.add(volume.create(volume.root(), name, NodeType.FILE, AttributeChange.NONE));
      }
      for (Node node : fillers) {
        volume.delete(node);
      }
    }
    Geometry geometry = BootRegion.find(device).geometry();
    DirectorySlots slots = Directories.rootSlots(device, geometry, new FatLinks(device, geometry));
    int slot = DirectoryScanner.from(slots, 0).next().firstSlot();
    for (byte[] set : sets) {
      while (!DirectorySlots.straddles(slots.position(slot))) {
        put(device, slots, slot++, new byte[] {DELETED}, 0);
      }
      for (int at = 0; at < set.length; at += EntrySet.ENTRY_BYTES) {
        put(device, slots, slot++, set, at);
      }
    }
    byte[] end = new byte[EntrySet.ENTRY_BYTES];
    while (slot < slots.capacity()) {
      put(device, slots, slot++, end, 0);
    }
  }

  private static void put(
      BlockDevice device, DirectorySlots slots, int slot, byte[] entries, int offset)
      throws IOException {
    int length = Math.min(EntrySet.ENTRY_BYTES, entries.length - offset);
    device.write(slots.position(slot), entries, offset, length);
  }
}
