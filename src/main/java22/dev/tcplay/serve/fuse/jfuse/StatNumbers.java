package dev.tcplay.serve.fuse.jfuse;

import dev.tcplay.serve.fuse.tree.FileFacts;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Method;
import org.cryptomator.jfuse.api.FuseConfig;
import org.cryptomator.jfuse.api.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Tells in struct stat what is known of a file, also its number and the space that it takes, which
 * du(1) and those want who compare files. jfuse has no setters for them, so they are put where
 * struct stat and struct fuse_config have them on 64-bit Linux, on both of the processors that
 * jfuse knows there. What jfuse reads beside and at these places must be what was put there; else,
 * and on other systems, they are left out.
 */
final class StatNumbers {

  private static final long INODE = 8;
  private static final long SIZE = 48;
  private static final long BLOCKS = 64;
  private static final long STAT_LENGTH = 128;
  private static final long USE_INODES = 64;

  private final boolean hasInodes;
  private volatile boolean given = System.getProperty("os.name").equals("Linux");
  private volatile @Nullable Method memory;

  /**
   * Begins.
   *
   * @param hasInodes whether files have numbers
   */
  StatNumbers(boolean hasInodes) {
    this.hasInodes = hasInodes;
  }

  /** Has libfuse take the numbers of files from us. */
  void begin(FuseConfig config) {
    if (given && hasInodes) {
      try {
        MemorySegment segment = memory(config, method(config));
        segment.set(ValueLayout.JAVA_INT_UNALIGNED, USE_INODES, 1);
        given = config.useIno() == 1;
      } catch (ReflectiveOperationException | RuntimeException e) {
        given = false;
      }
    }
  }

  /** Fills in all of it. */
  void fill(Stat stat, FileFacts facts) {
    stat.setMode(facts.mode());
    stat.setNLink((short) Math.min(facts.links(), Short.MAX_VALUE));
    stat.setUid(facts.uid());
    stat.setGid(facts.gid());
    stat.setSize(facts.size());
    stat.aTime().set(facts.accessed());
    stat.mTime().set(facts.modified());
    stat.cTime().set(facts.changed());
    setNumbers(stat, facts);
  }

  private void setNumbers(Stat stat, FileFacts facts) {
    if (!given) {
      return;
    }
    try {
      Method accessor = memory;
      if (accessor == null) {
        accessor = method(stat);
        memory = accessor;
      }
      MemorySegment segment = memory(stat, accessor);
      if (segment.byteSize() < STAT_LENGTH
          || segment.get(ValueLayout.JAVA_LONG_UNALIGNED, SIZE) != facts.size()) {
        given = false;
        return;
      }
      segment.set(ValueLayout.JAVA_LONG_UNALIGNED, BLOCKS, facts.blocks());
      segment.set(ValueLayout.JAVA_LONG_UNALIGNED, INODE, facts.inode());
    } catch (ReflectiveOperationException | RuntimeException e) {
      given = false;
    }
  }

  private static Method method(Object view) throws ReflectiveOperationException {
    Method found = view.getClass().getDeclaredMethod("segment");
    found.setAccessible(true);
    return found;
  }

  private static MemorySegment memory(Object view, Method accessor)
      throws ReflectiveOperationException {
    return (MemorySegment) accessor.invoke(view);
  }
}
