package dev.tcplay.cli;

import dev.tcplay.model.VolumeAttributes;
import dev.tcplay.serve.fuse.MountBusyException;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The tree of a volume while it is mounted, or clients reach it in other ways, or both. */
final class TreeService implements Service {

  /** Where the tree was mounted, whose files programs have open yet. */
  static final String DETACHED = "detached";

  private static final long PATIENCE_MILLIS = 1000;

  private final Path file;
  private final VolumeAttributes found;
  private final boolean readOnly;
  private final List<TreePart> parts = new CopyOnWriteArrayList<>();
  private final List<Thread> watchers = new ArrayList<>();
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

  /**
   * Serves a volume by nothing yet.
   *
   * @param file the container, as facts name it
   */
  TreeService(Path file, FileSystem volume) throws IOException {
    this.file = file.toAbsolutePath();
    this.readOnly = volume.isReadOnly();
    this.found = Files.readAttributes(volume.getPath("/"), VolumeAttributes.class);
  }

  /** Adds what has begun to serve the tree; it is closed with this. */
  void add(TreePart part) {
    parts.add(part);
  }

  /** Forgets the credentials by that: they are told once. */
  @Override
  public List<String> announcement() {
    List<String> lines = parts.stream().flatMap(part -> part.announcement(hasTwin(part))).toList();
    parts.replaceAll(TreePart::withoutCredentials);
    return lines;
  }

  private boolean hasTwin(TreePart part) {
    return parts.stream().filter(other -> other.scheme().equals(part.scheme())).count() > 1;
  }

  @Override
  public Map<String, @Nullable Object> facts() {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put(VolumeFacts.FILE, file.toString());
    facts.put("pid", ProcessHandle.current().pid());
    for (TreePart part : parts) {
      facts.put(
          part.isDetached() ? DETACHED : part.kind(), String.join(" ", part.server().addresses()));
    }
    facts.put("read-only", readOnly);
    facts.put("clients", parts.stream().mapToInt(part -> part.server().clients()).sum());
    facts.put("filesystem", found.fileSystem());
    facts.putAll(VolumeFacts.of(found.volume()));
    return facts;
  }

  @Override
  public List<Path> mounts() {
    return parts.stream()
        .filter(part -> !part.isDetached())
        .map(TreePart::point)
        .flatMap(Optional::stream)
        .toList();
  }

  /** A mount may be taken away without us, as by {@code fusermount3 -u}; the rest ends with it. */
  @Override
  public void whenEnded(Runnable action) {
    for (TreePart part : parts) {
      Thread thread = new Thread(() -> await(part, action), "tcplay-" + part.kind() + "-end");
      thread.setDaemon(true);
      watchers.add(thread);
      thread.start();
    }
  }

  private void await(TreePart part, Runnable action) {
    try {
      part.server().awaitEnd();
      action.run();
    } catch (IOException e) {
      failed(e);
      action.run();
    } catch (InterruptedException e) {
      // Nobody waits any more.
    }
  }

  /** Programs that use a mount keep it from ending. */
  @Override
  public void release() throws IOException {
    for (TreePart part : parts) {
      if (part.point().isPresent()) {
        release(part);
      }
    }
  }

  /** What was lost is told by {@link #close}: the mount has gone all the same. */
  private void release(TreePart part) throws IOException {
    try {
      part.server().close();
    } catch (MountBusyException e) {
      throw e;
    } catch (IOException e) {
      if (!part.isDetached()) {
        throw e;
      }
      failed(e);
    }
  }

  @Override
  public String farewell() {
    return "is closed";
  }

  /** Ends all of them, whatever goes wrong with one. */
  @Override
  public void close() throws IOException {
    for (TreePart part : parts) {
      try {
        part.end();
      } catch (IOException e) {
        failed(e);
      }
    }
    joinWatchers();
    IOException first = failure.get();
    if (first != null) {
      throw first;
    }
  }

  private void failed(IOException cause) {
    if (!failure.compareAndSet(null, cause)) {
      IOException first = failure.get();
      if (first != null && first != cause) {
        first.addSuppressed(cause);
      }
    }
  }

  /** Who has waited for an end may be the only one who was told what went wrong with it. */
  private void joinWatchers() {
    try {
      for (Thread watcher : watchers) {
        watcher.join(PATIENCE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
