package dev.tcplay.nio;

import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of a directory that wait to be fetched. What repeats the last event, or changes again
 * what was changed last, is counted there. More than {@value #MOST} become one that says that
 * events were lost. Not safe for threads.
 */
final class PendingEvents {

  /** As many as the JDK's own watch services keep. */
  static final int MOST = 512;

  private static final class Event<T> implements WatchEvent<T> {

    private final Kind<T> kind;
    private final @Nullable T context;
    private int count = 1;

    private Event(Kind<T> kind, @Nullable T context) {
      this.kind = kind;
      this.context = context;
    }

    @Override
    public Kind<T> kind() {
      return kind;
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    @SuppressWarnings("NullAway") // the context of an overflow is null
    public T context() {
      return context;
    }

    @Override
    public String toString() {
      return kind + " " + context + " " + count;
    }
  }

  private List<WatchEvent<?>> events = new ArrayList<>();
  private @Nullable Event<?> last;

  /** The changes of files about which nothing else was said since. */
  private final Map<Path, Event<Path>> changed = new HashMap<>();

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** Adds an event about an entry. */
  void add(WatchEvent.Kind<Path> kind, Path name) {
    Event<?> before = last;
    if (before != null && before.kind == StandardWatchEventKinds.OVERFLOW) {
      before.count++;
      return;
    }
    boolean isChange = kind == StandardWatchEventKinds.ENTRY_MODIFY;
    Event<Path> sameChange = isChange ? changed.get(name) : changed.remove(name);
    if (isChange && sameChange != null) {
      sameChange.count++;
    } else if (before != null && before.kind == kind && name.equals(before.context)) {
      before.count++;
    } else if (events.size() >= MOST) {
      overflow();
    } else {
      Event<Path> event = new Event<>(kind, name);
      if (isChange) {
        changed.put(name, event);
      }
      events.add(event);
      last = event;
    }
  }

  /** Says that events were lost, those that wait included. */
  void overflow() {
    Event<?> before = last;
    if (before != null && before.kind == StandardWatchEventKinds.OVERFLOW) {
      before.count++;
      return;
    }
    take();
    Event<Object> event = new Event<>(StandardWatchEventKinds.OVERFLOW, null);
    events.add(event);
    last = event;
  }

  /** Returns the events, in a list of the caller's; they are not counted on. */
  List<WatchEvent<?>> take() {
    List<WatchEvent<?>> taken = events;
    events = new ArrayList<>();
    changed.clear();
    last = null;
    return taken;
  }
}
