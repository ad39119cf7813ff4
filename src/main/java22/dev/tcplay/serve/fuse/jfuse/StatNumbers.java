package dev.tcplay.serve.fuse.jfuse;

import dev.tcplay.serve.fuse.tree.FileFacts;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Method;
import java.util.Locale;
import org.cryptomator.jfuse.api.Stat;
import org.jspecify.annotations.Nullable;

/**
 * The number of a file and the space that it takes, which du(1) and those want who look for files of
 * two names. jfuse's {@link Stat} has no setters for them; so they are put where struct stat has them
 * on 64-bit Linux, on both of the processors that jfuse knows there. Where its memory cannot be
 * reached, they are left out.
 */
final class StatNumbers {

  private static final long INODE = 8;
  private static final long BLOCKS = 64;
  private static final long LENGTH = 128;

  private final boolean wanted;
  private final boolean hasInodes;
  private volatile boolean failed;
  private volatile @Nullable Method memory;

  private StatNumbers(boolean wanted, boolean hasInodes) {
    this.wanted = wanted;
    this.hasInodes = hasInodes;
  }

  static StatNumbers find(boolean hasInodes) {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return new StatNumbers(system.equals("linux"), hasInodes);
  }

  /** Returns whether libfuse is to take the numbers of files from us. */
  boolean areSet() {
    return wanted && hasInodes;
  }

  void set(Stat stat, FileFacts facts) {
    if (!wanted || failed) {
      return;
    }
    try {
      Method accessor = memory;
      if (accessor == null) {
        accessor = stat.getClass().getDeclaredMethod("segment");
        accessor.setAccessible(true);
        memory = accessor;
      }
      MemorySegment segment = (MemorySegment) accessor.invoke(stat);
      if (segment.byteSize() < LENGTH) {
        failed = true;
        return;
      }
      segment.set(ValueLayout.JAVA_LONG_UNALIGNED, BLOCKS, facts.blocks());
      if (hasInodes) {
        segment.set(ValueLayout.JAVA_LONG_UNALIGNED, INODE, facts.inode());
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      failed = true;
    }
  }
}
