package dev.tcplay.serve.fuse.tree;

import dev.tcplay.serve.FileContents;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files that were deleted while programs have them open. libfuse renames such a file, to a name of
 * its own in the same directory, and deletes it once nobody has it open. A file system of Java
 * keeps the contents of a deleted file for those who have it open; so we delete it at once, nobody
 * sees the other name, and none stays behind after a crash.
 */
final class HiddenFiles {

  private static final Pattern NAME = Pattern.compile("\\.fuse_hidden[0-9a-f]{16,}");

  /** A file without a name. */
  static final class Hidden {

    private final FileContents contents;
    private FileFacts facts;

    Hidden(FileContents contents, FileFacts facts) {
      this.contents = contents;
      this.facts = facts;
    }

    FileContents contents() {
      return contents;
    }

    synchronized FileFacts facts() throws IOException {
      return facts.withoutName(contents.size());
    }

    synchronized void setTimes(@Nullable Instant accessed, @Nullable Instant modified) {
      facts =
          facts.withTimes(
              accessed == null ? facts.accessed() : accessed,
              modified == null ? facts.modified() : modified);
    }
  }

  private final Map<String, Hidden> files = new ConcurrentHashMap<>();

  /** Returns whether libfuse has made up a path. */
  static boolean isHidden(String path) {
    return NAME.matcher(Names.last(path)).matches();
  }

  /** Returns a file that has no name any more, by libfuse's for it; null if there is none. */
  @Nullable Hidden get(String path) {
    return files.isEmpty() ? null : files.get(path);
  }

  void add(String path, Hidden file) {
    files.put(path, file);
  }

  /** Takes note that a directory has another name now. */
  void renamed(String from, String to) {
    for (String path : List.copyOf(files.keySet())) {
      if (Names.isIn(path, from)) {
        Hidden file = files.remove(path);
        if (file != null) {
          files.put(Names.renamed(path, from, to), file);
        }
      }
    }
  }

  /** Forgets a file that nobody has open any more, and returns whether there was one. */
  boolean remove(String path) throws IOException {
    Hidden file = files.remove(path);
    if (file == null) {
      return false;
    }
    file.contents().close();
    return true;
  }

  /** Forgets all. */
  void close() throws IOException {
    for (String path : files.keySet()) {
      remove(path);
    }
  }
}
