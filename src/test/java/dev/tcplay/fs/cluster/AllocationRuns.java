package dev.tcplay.fs.cluster;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.testing.Allocations;
import dev.tcplay.testing.DelegatingDevice;
import dev.tcplay.testing.TypedVolumes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs of volumes whose allocations fail, for {@link AllocationFailuresTest}, which loads this
 * class by a loader of its own. Given a run's parameters, tells whether it noticed the failure.
 */
final class AllocationRuns implements ToIntFunction<List<Object>> {

  private static final int STEPS = 60;
  private static final int MOST_PLACES = 10;
  private static final int PATIENCE_MILLIS = 20_000;

  /** About what the steps allocate on a volume. */
  private static final int MOST_ALLOCATIONS = 40_000;

  /** A disk that outlives its devices, each of which is used until it is closed. */
  private static final class Host extends DelegatingDevice {

    private volatile boolean closed;

    Host(BlockDevice disk) {
      super(disk);
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
      checkOpen();
      super.read(position, target, offset, length);
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws IOException {
      checkOpen();
      super.write(position, source, offset, length);
    }

    private void checkOpen() throws ClosedChannelException {
      if (closed) {
        throw new ClosedChannelException();
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static boolean warm;

  private final List<Thread> threads = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private final List<Throwable> faults = new ArrayList<>();

  AllocationRuns() {}

  /**
   * Makes one run.
   *
   * @param run the type of file system, the number of threads, and the seed
   */
  @Override
  public int applyAsInt(List<Object> run) {
    Random random = new Random((long) run.get(2));
    try {
      warmUp();
      return run((String) run.get(0), (int) run.get(1), random) ? 1 : 0;
    } catch (AssertionError | IOException | InterruptedException e) {
      throw new AssertionError("run " + run + ", found " + findings + ", injected at " + at(), e);
    }
  }

  /** Uses every class once: one whose initializer fails is gone for the whole process. */
  private static void warmUp() throws IOException {
    if (!warm) {
      for (String type : List.of("FAT12", "FAT16", "FAT32", "exFAT")) {
        BlockDevice disk = new MemoryDevice(TypedVolumes.smallest(type));
        TypedVolumes.format(disk, type);
        MountedVolume volume = TypedVolumes.mount(disk);
        ErrorWorkload use = new ErrorWorkload(new Random(1), "");
        use.use(volume, 10 * STEPS);
        use.letAllGo();
        volume.close();
      }
      warm = true;
    }
  }

  private static String at() {
    Error error = Allocations.disarm();
    if (error == null) {
      return "no place";
    }
    StringBuilder text = new StringBuilder(place(error));
    Stream.of(error.getSuppressed())
        .limit(MOST_PLACES)
        .forEach(next -> text.append("; then ").append(place(next)));
    return text.toString();
  }

  private static String place(Throwable error) {
    return Stream.of(error.getStackTrace())
        .skip(2)
        .map(element -> element.getFileName() + ":" + element.getLineNumber())
        .collect(Collectors.joining(" "));
  }

  private boolean run(String type, int threadCount, Random random)
      throws IOException, InterruptedException {
    Thread.currentThread().setContextClassLoader(AllocationRuns.class.getClassLoader());
    BlockDevice disk = new MemoryDevice(TypedVolumes.smallest(type));
    TypedVolumes.format(disk, type);
    List<ErrorWorkload> uses = new ArrayList<>();
    for (int i = 0; i < threadCount; i++) {
      uses.add(new ErrorWorkload(new Random(random.nextLong()), i == 0 ? "" : "t" + i + " "));
    }
    boolean noticed = false;
    for (int session = random.nextInt(2); session < 2; session++) {
      boolean wellClosed = session(disk, uses, random);
      Allocations.disarm();
      checkNoSync();
      uses.forEach(use -> use.ended(wellClosed));
      findings.add(ErrorWorkload.judgeMark(disk).toString());
      noticed |= !wellClosed;
    }
    for (ErrorWorkload use : uses) {
      use.judge(disk);
    }
    return noticed;
  }

  /** Mounts, uses and closes a volume; returns whether nothing failed that the end depends on. */
  private boolean session(BlockDevice disk, List<ErrorWorkload> uses, Random random)
      throws IOException, InterruptedException {
    Duration sync = uses.size() > 1 ? Duration.ofMillis(1 + random.nextInt(5)) : Duration.ZERO;
    int most = MOST_ALLOCATIONS * uses.size();
    int after = random.nextInt(random.nextInt(4) == 0 ? 500 : most);
    int strikes = random.nextBoolean() ? 1 : 1 + random.nextInt(random.nextInt(3) == 0 ? 500 : 8);
    boolean isOffAtEnd = random.nextBoolean();
    int cache = random.nextInt(1 << 17);
    boolean overflow = random.nextInt(4) == 0;
    FileSystemDriver driver = TypedVolumes.driver(disk);
    MountedVolume volume;
    Allocations.arm(after, strikes, overflow);
    try {
      BlockDevice cached = new CachedDevice(new Host(disk), cache, sync);
      volume = mount(cached, driver);
    } catch (IOException | RuntimeException | Error e) {
      return false;
    }
    useAll(volume, uses);
    if (!sync.isZero() && Thread.getAllStackTraces().keySet().stream().noneMatch(this::isSync)) {
      throw new AssertionError("nobody syncs the volume any more");
    }
    if (isOffAtEnd) {
      Allocations.disarm();
    }
    uses.forEach(ErrorWorkload::letAllGo);
    return close(volume);
  }

  private static MountedVolume mount(BlockDevice cached, FileSystemDriver driver)
      throws IOException {
    try {
      return driver.mount(cached, TypedVolumes.OPTIONS);
    } catch (IOException | RuntimeException | Error e) {
      Allocations.disarm();
      cached.close();
      throw e;
    }
  }

  /** Closes a volume, and once more without failures, as that has to come to an end. */
  private boolean close(MountedVolume volume) throws IOException, InterruptedException {
    boolean wasReadOnly = volume.isReadOnly();
    boolean[] well = new boolean[1];
    inThreads(
        List.of(
            () -> {
              try {
                volume.close();
                well[0] = true;
              } catch (IOException | RuntimeException | Error e) {
                // It says that something went wrong.
              }
            }));
    if (wasReadOnly && well[0]) {
      throw new AssertionError("closing does not tell that the volume has become read-only");
    }
    Allocations.disarm();
    volume.close();
    return well[0];
  }

  /** Fails if a thread of a closed volume does not end. */
  private void checkNoSync() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (isSync(thread)) {
        thread.join(PATIENCE_MILLIS);
        if (thread.isAlive()) {
          throw new AssertionError("a closed volume is synced: " + stacks());
        }
      }
    }
  }

  /** Other tests have such threads too. */
  private boolean isSync(Thread thread) {
    return thread.getName().equals("tcplay-sync")
        && thread.getContextClassLoader() == AllocationRuns.class.getClassLoader();
  }

  private void useAll(MountedVolume volume, List<ErrorWorkload> uses) throws InterruptedException {
    List<Runnable> tasks = new ArrayList<>();
    for (ErrorWorkload use : uses) {
      tasks.add(() -> use.use(volume, STEPS));
    }
    inThreads(tasks);
  }

  /** Runs tasks at once; fails with the stacks of all threads if they do not end. */
  private void inThreads(List<Runnable> tasks) throws InterruptedException {
    threads.clear();
    faults.clear();
    for (Runnable task : tasks) {
      Thread thread = new Thread(task, "workload");
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler((dead, e) -> note(e));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join(PATIENCE_MILLIS);
      if (thread.isAlive()) {
        throw new AssertionError("no end of it: " + stacks());
      }
    }
    synchronized (faults) {
      if (!faults.isEmpty()) {
        throw new AssertionError(faults.get(0));
      }
    }
  }

  private void note(Throwable e) {
    synchronized (faults) {
      faults.add(e);
    }
  }

  private static String stacks() {
    StringBuilder text = new StringBuilder();
    for (ThreadInfo info : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
      if (info.getThreadName().equals("workload") || info.getThreadName().equals("tcplay-sync")) {
        text.append(info.getThreadName()).append(' ').append(info.getThreadState()).append('\n');
        for (StackTraceElement element : info.getStackTrace()) {
          text.append("  ").append(element).append('\n');
        }
      }
    }
    return text.toString();
  }
}
