package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.PartitionInfo;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.volume.LuksHeader;
import dev.tcplay.volume.OpenedVolume;
import dev.tcplay.volume.UnlockRequest;
import dev.tcplay.volume.Unlocker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A host that is not encrypted as a whole.
 *
 * @param place what exceptions call it
 * @param host its bytes
 * @param offset where they begin in the file
 */
record ClearDisk(Path place, BlockDevice host, long offset) {

  /** Returns it as it is; closing the result closes the host. */
  OpenedVolume whole() throws IOException {
    VolumeInfo info =
        new VolumeInfo("plain", Optional.empty(), "normal", offset, host.size(), 0, 512);
    return new OpenedVolume(host, info, LuksHeader.warning(host).stream().toList());
  }

  /**
   * Opens the container that is one of its partitions. The result takes the host over, which stays
   * the caller's on failure.
   *
   * @param request as for {@link Unlocker#open}
   * @throws IOException if there is no such partition, or it cannot be opened
   */
  OpenedVolume container(int number, UnlockRequest request) throws IOException {
    OpenedVolume part = PartitionChoice.numbered(place, whole(), number);
    PartitionInfo partition = part.info().partition().orElseThrow();
    OpenedVolume opened = Unlocker.open(part.plaintext(), place + ", partition " + number, request);
    List<String> warnings = new ArrayList<>(part.warnings());
    warnings.addAll(opened.warnings());
    return new OpenedVolume(
        opened.plaintext(),
        opened.info().movedBy(partition.start()).withPartition(partition),
        List.copyOf(warnings));
  }
}
