package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.fs.cluster.ClusterBitmap;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.WriteOrder;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Edits of a bitmap of several sectors, in whatever order clusters come. */
class BitmapEditTest {

  private static final int EDITS = 200;

  @Test
  void everyClusterOfAnEditIsChangedWhateverTheirOrder() throws IOException {
    Random random = new Random(Seeds.of("everyClusterOfAnEditIsChanged"));
    MemoryDevice device = new MemoryDevice(8 << 20);
    ExFatVolumes.format(device, 512);
    VolumeParts parts = VolumeParts.find(device);
    long clusters = parts.region().geometry().clusters();
    BitSet model = used(parts);
    for (int i = 0; i < EDITS; i++) {
      boolean use = random.nextBoolean();
      WriteBatch batch = new WriteBatch();
      BitmapEdit edit = new BitmapEdit(device, parts.bitmap(), batch, WriteOrder.DATA, use);
      for (int call = random.nextInt(3); call >= 0; call--) {
        List<Extent> extents = new ArrayList<>();
        for (int n = random.nextInt(6); n >= 0; n--) {
          int length = 1 + random.nextInt(random.nextInt(4) == 0 ? 5000 : 20);
          int first = 2 + random.nextInt((int) clusters - length);
          extents.add(new Extent(first, length));
          model.set(first, first + length, use);
        }
        edit.change(extents);
      }
      edit.finish();
      device.submit(batch);
      assertEquals(model, used(parts));
    }
  }

  private static BitSet used(VolumeParts parts) throws IOException {
    ClusterBitmap free = parts.bitmap().free();
    BitSet used = new BitSet();
    for (int cluster = 2; cluster < free.size(); cluster++) {
      used.set(cluster, free.nextSet(cluster, cluster + 1) != cluster);
    }
    return used;
  }
}
