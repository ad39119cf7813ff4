package dev.tcplay.fs.crash;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.CryptDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.block.LogWritesDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.testing.CrashImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * One workload, and a judgement of every state in which a power cut can leave its host: between any
 * two sectors in the order in which they were written, and with random sectors of what was written
 * between two flushes.
 */
public final class CrashRun {

  private static final long FIRST_UNIT = 256;
  private static final int MOST_FAULTS = 5;

  /** The part of all used volumes that an independent judge judges. */
  private static final double JUDGED_OF_USED = 0.05;

  private final CrashFormat format;
  private final CrashHost kind;
  private final long bytes;
  private final Random random;
  private final byte[] keys = new byte[64];
  private final CrashModel model = new CrashModel();
  private final LogWritesDevice log;
  private final CrashImage image;
  private final CrashWorkload workload;
  private final BlockDevice view;
  private final Path file;
  private final double judgeRate;
  private final double useRate;
  private final List<String> faults = new ArrayList<>();
  private int states;
  private int judged;
  private int uses;

  /**
   * Formats a volume and does the operations.
   *
   * @param kind what the volume stands on; if it is encrypted, the log is of the ciphertext
   * @param file where an independent judge finds the volume
   * @param judgeRate the part of all states that an independent judge judges too, 0 to 1
   * @param useRate the part of all states that are used afterwards, as programs do
   */
  public CrashRun(
      CrashFormat format,
      long bytes,
      CrashHost kind,
      int operations,
      Random random,
      Path file,
      double judgeRate,
      double useRate)
      throws IOException {
    this.format = format;
    this.kind = kind;
    this.bytes = bytes;
    this.random = random;
    this.file = file;
    this.judgeRate = judgeRate;
    this.useRate = useRate;
    random.nextBytes(keys);
    MemoryDevice host = new MemoryDevice(kind.size(bytes));
    format.format(volume(plain(host)));
    model.inherit(format.inherited());
    byte[] start = new byte[(int) host.size()];
    host.read(0, start, 0, start.length);
    image = new CrashImage(start, kind.start(), kind.start() + bytes);
    view = volume(plain(image));
    log = new LogWritesDevice(host);
    long budget = random.nextInt(3) == 0 ? 0 : 1 << 20;
    BlockDevice cache = new CachedDevice(plain(log), budget, Duration.ZERO);
    workload =
        new CrashWorkload(
            format.driver().mount(volume(cache), format.options()), model, log::entries, random);
    workload.run(operations);
    workload.close();
  }

  private BlockDevice plain(BlockDevice host) {
    return kind == CrashHost.ENCRYPTED
        ? new CryptDevice(
            host, CipherMode.XTS.dataCipher(CipherChain.parse("AES"), keys, 0), FIRST_UNIT)
        : host;
  }

  private BlockDevice volume(BlockDevice plaintext) {
    return kind == CrashHost.PARTITION
        ? new LinearDevice(plaintext, kind.start(), bytes)
        : plaintext;
  }

  /** Returns how many states were judged, and by an independent judge. */
  public String counts() {
    return states
        + " states, "
        + judged
        + " of them by an independent judge too, "
        + uses
        + " used afterwards, "
        + log.entries()
        + " entries";
  }

  /** Judges all states; returns what is wrong with the first ones that are wrong. */
  public List<String> judge(int subsets) throws IOException, InterruptedException {
    int from = 0;
    judge(new CrashItem.Moment(0, 0), "before all");
    while (from < log.entries() && faults.size() < MOST_FAULTS) {
      int to = from;
      while (to < log.entries() && !log.isFlush(to)) {
        to++;
      }
      image.keep();
      for (int i = 0; i < subsets && to > from; i++) {
        judgeSubset(from, to, i);
        image.goBack();
      }
      judgePrefixes(from, to);
      from = to + 1;
    }
    if (faults.isEmpty()) {
      judgeEnd();
    }
    return faults;
  }

  /** A volume that was closed has no damage at all. */
  private void judgeEnd() throws IOException, InterruptedException {
    judge(new CrashItem.Moment(log.entries(), log.entries()), "after all");
    format.check(view, finding -> faults.add("after all, check: " + finding));
    save();
    format.judgeClosed(file).forEach(each -> faults.add("after all, " + each));
  }

  private void judgeSubset(int from, int to, int number) throws IOException, InterruptedException {
    int rate = 1 + random.nextInt(9);
    log.replay(from, to, image, (entry, sector) -> random.nextInt(10) < rate);
    judge(new CrashItem.Moment(from, to), "subset " + number + " of [" + from + "," + to + ")");
  }

  private void judgePrefixes(int from, int to) throws IOException, InterruptedException {
    for (int entry = from; entry < to && faults.size() < MOST_FAULTS; entry++) {
      int[] sectors = {0};
      log.replay(entry, entry + 1, image, (e, sector) -> sectors[0]++ < 0);
      for (int sector = 0; sector < sectors[0]; sector++) {
        int wanted = sector;
        long before = image.changes();
        log.replay(entry, entry + 1, image, (e, s) -> s == wanted);
        boolean last = sector == sectors[0] - 1;
        if (last || image.changes() > before) {
          int sure = last ? entry + 1 : entry;
          judge(
              new CrashItem.Moment(sure, entry + 1),
              "entry " + entry + " up to sector " + sector + " of " + sectors[0]);
        }
      }
    }
  }

  private void judge(CrashItem.Moment moment, String state)
      throws IOException, InterruptedException {
    states++;
    CrashJudge judge = new CrashJudge(format, model, moment);
    List<String> wrong = new ArrayList<>(judge.judge(view));
    if (random.nextDouble() < judgeRate) {
      judged++;
      save();
      wrong.addAll(judge.judge(file));
    }
    if (random.nextDouble() < useRate) {
      uses++;
      CrashUse use = new CrashUse(format, view, random);
      wrong.addAll(use.judge(new CrashJudge(format, model, moment)));
      if (random.nextDouble() < JUDGED_OF_USED) {
        wrong.addAll(sharedByJudge(use.device()));
      }
    }
    if (!wrong.isEmpty()) {
      faults.add(state + ": " + String.join("\n  ", wrong) + "\nafter\n" + journal(moment));
    }
  }

  /**
   * Returns what an independent judge says of clusters that files share on a volume that was used.
   */
  private List<String> sharedByJudge(BlockDevice used) throws IOException, InterruptedException {
    byte[] bytes = new byte[(int) used.size()];
    used.read(0, bytes, 0, bytes.length);
    Path copy = file.resolveSibling("used.img");
    Files.write(copy, bytes);
    return format.judgeShared(copy);
  }

  /** Returns the operations up to a moment, and the one after it. */
  private String journal(CrashItem.Moment moment) {
    List<String> lines =
        workload.journal().stream()
            .filter(line -> Integer.parseInt(line.split(":", 2)[0]) <= moment.possible())
            .toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
  }

  /** Brings the file up to the image. */
  private void save() throws IOException {
    int start = kind.start() / CrashImage.SECTOR;
    BitSet touched = image.takeTouched().get(start, start + (int) (bytes / CrashImage.SECTOR));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int from = touched.nextSetBit(0); from >= 0; ) {
        int to = touched.nextClearBit(from);
        byte[] sectors = new byte[(to - from) * CrashImage.SECTOR];
        view.read((long) from * CrashImage.SECTOR, sectors, 0, sectors.length);
        ByteBuffer buffer = ByteBuffer.wrap(sectors);
        while (buffer.hasRemaining()) {
          channel.write(buffer, (long) from * CrashImage.SECTOR + buffer.position());
        }
        from = touched.nextSetBit(to);
      }
    }
  }
}
