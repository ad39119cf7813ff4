package dev.tcplay.fs.archive;

import dev.tcplay.block.host.Spool;
import dev.tcplay.block.host.SpoolSpace;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.jspecify.annotations.Nullable;

/**
 * The contents of all members of a 7z. Members are packed together, one behind the other, so they
 * are unpacked in their order, once, as far as somebody reads, into one spool that stays until the
 * volume is closed.
 */
final class SolidContents {

  private static final int STEP = 1 << 14;

  private final SevenZFile file;
  private final DeviceChannel channel;
  private final List<SevenZArchiveEntry> entries;
  private final SpoolSpace space;
  private final byte[] buffer = new byte[STEP];

  /** Where members begin in the spool and how much of each is there, of those that were begun. */
  private final long[] starts;

  private final long[] lengths;
  private final @Nullable String[] damages;

  /** The member that is being unpacked; those before it are done. */
  private int current = -1;

  /** Why what is packed together with the current member could not be begun, null if it could. */
  private @Nullable String refusal;

  private @Nullable Spool spool;

  SolidContents(
      SevenZFile file, DeviceChannel channel, List<SevenZArchiveEntry> entries, SpoolSpace space) {
    this.file = file;
    this.channel = channel;
    this.entries = entries;
    this.space = space;
    this.starts = new long[entries.size()];
    this.lengths = new long[entries.size()];
    this.damages = new String[entries.size()];
  }

  /** Returns the contents of a member. */
  Contents member(int index) {
    return new SolidMember(index);
  }

  private String name(int index) {
    return "'" + SafePath.start(String.valueOf(entries.get(index).getName())) + "'";
  }

  private boolean isDone(int index) {
    return lengths[index] == entries.get(index).getSize() || damages[index] != null;
  }

  /** Unpacks until a member has so many bytes or is damaged; returns how many it has. */
  private synchronized long advance(int index, long wanted) throws IOException {
    while (current < index || (current == index && lengths[index] < wanted && !isDone(index))) {
      if (current < 0 || isDone(current)) {
        begin();
      } else {
        step();
      }
    }
    return lengths[index];
  }

  private void begin() throws IOException {
    current++;
    starts[current] = spool().size();
    try {
      Guarded.call(channel, name(current), () -> Objects.requireNonNull(file.getNextEntry()));
      if (entries.get(current).hasStream()) {
        refusal = null;
      }
    } catch (CorruptFileSystemException e) {
      // The library says why only once, and then fails as it has no stream to go on with.
      boolean isSaid = refusal != null && e.getCause() instanceof RuntimeException;
      refusal = isSaid ? refusal : e.getReason();
      damages[current] =
          isSaid ? name(current) + " is packed together with others: " + refusal : refusal;
    }
  }

  private void step() throws IOException {
    int member = current;
    long left = entries.get(member).getSize() - lengths[member];
    int most = (int) Math.min(left, STEP);
    try {
      int count = Guarded.call(channel, name(member), () -> file.read(buffer, 0, most));
      if (count <= 0) {
        damages[member] =
            name(member) + " ends after " + lengths[member] + " of its bytes, " + left + " short";
        return;
      }
      spool().append(buffer, 0, count);
      lengths[member] += count;
    } catch (CorruptFileSystemException e) {
      damages[member] = e.getReason();
    } catch (IOException e) {
      // What the stream gave last is lost, so nothing can follow.
      damages[member] = name(member) + " could not be unpacked further: " + Guarded.reason(e);
      throw e;
    }
  }

  private synchronized Spool spool() {
    if (spool == null) {
      spool = space.spool();
    }
    return spool;
  }

  private synchronized String damage(int index) {
    return Objects.requireNonNullElse(damages[index], name(index) + " is cut off");
  }

  private final class SolidMember implements Contents, MemberReader {

    private final int index;

    SolidMember(int index) {
      this.index = index;
    }

    @Override
    public long size() {
      return entries.get(index).getSize();
    }

    @Override
    public OpenNode openNode() {
      return this;
    }

    @Override
    public int readInside(long position, byte[] target, int offset, int count) throws IOException {
      long there = advance(index, position + count);
      if (there <= position) {
        throw new CorruptFileSystemException(null, damage(index));
      }
      int readable = (int) Math.min(count, there - position);
      spool().read(starts[index] + position, target, offset, readable);
      return readable;
    }

    @Override
    public void close() {
      // What was unpacked stays for the members behind it.
    }
  }
}
