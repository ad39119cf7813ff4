package dev.tcplay.serve.web;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Strong tags of the contents of files, by RFC 9110, section 8.8.3: made of size, time and key.
 * Times of FAT go by two seconds, so that of the files that were changed here last a number is part
 * of the tag, too, which grows with each change. Safe for several threads.
 */
public final class EntityTags {

  private static final int REMEMBERED = 10_000;

  private final Map<Path, Long> changes =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  private long last;

  EntityTags() {}

  /** Returns the tag of a file, with its quotes. */
  public String of(Path real, BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    StringBuilder tag =
        new StringBuilder("\"")
            .append(Long.toHexString(attributes.size()))
            .append('-')
            .append(Long.toHexString(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)))
            .append('-')
            .append(Integer.toHexString(key == null ? 0 : key.hashCode()));
    Long change = change(real);
    if (change != null) {
      tag.append('-').append(Long.toHexString(change));
    }
    return tag.append('"').toString();
  }

  /** Takes note that a file has other contents now, or a directory and all that is in it. */
  public synchronized void changed(Path real) {
    changes.remove(real);
    changes.put(real, ++last);
  }

  /** Returns the last change of a file, or of a directory that it is in: all of it may be new. */
  private synchronized @Nullable Long change(Path real) {
    Long last = null;
    for (Path path = real; path != null; path = path.getParent()) {
      Long change = changes.get(path);
      if (change != null && (last == null || change > last)) {
        last = change;
      }
    }
    return last;
  }
}
