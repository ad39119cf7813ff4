package dev.tcplay.serve.sftp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of files, by the names that SSHD has for them. A file system without modes shows 0755
 * for directories and 0644 for files, without the bits to write where it cannot be written to.
 */
final class Facts {

  private static final Set<PosixFilePermission> WRITING =
      EnumSet.of(
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_WRITE);
  private static final long LATEST = 0xFFFF_FFFFL;

  private final boolean readOnly;

  Facts(boolean readOnly) {
    this.readOnly = readOnly;
  }

  /** Reads those of a path; of a symbolic link, its own. */
  Map<String, Object> read(Path path) throws IOException {
    Set<String> views = path.getFileSystem().supportedFileAttributeViews();
    String view =
        views.contains("unix")
            ? "unix"
            : views.contains("posix") ? "posix" : views.contains("dos") ? "dos" : "basic";
    Map<String, Object> facts =
        new HashMap<>(Files.readAttributes(path, view + ":*", LinkOption.NOFOLLOW_LINKS));
    Set<PosixFilePermission> modes = EnumSet.noneOf(PosixFilePermission.class);
    if (facts.get("permissions") instanceof Set<?> known) {
      known.forEach(mode -> modes.add((PosixFilePermission) mode));
    } else {
      boolean file = Boolean.TRUE.equals(facts.get("isRegularFile"));
      modes.addAll(PosixFilePermissions.fromString(file ? "rw-r--r--" : "rwxr-xr-x"));
      // On a directory the attribute does not forbid to write into it.
      if (file && Boolean.TRUE.equals(facts.get("readonly"))) {
        modes.removeAll(WRITING);
      }
    }
    if (readOnly) {
      modes.removeAll(WRITING);
    }
    facts.put("permissions", modes);
    facts.computeIfPresent("lastModifiedTime", (name, time) -> inRange((FileTime) time));
    facts.computeIfPresent("lastAccessTime", (name, time) -> inRange((FileTime) time));
    return facts;
  }

  /** Version 3 has 32 bits for the seconds since 1970. */
  private static FileTime inRange(FileTime time) {
    long seconds = Math.max(0, Math.min(time.toInstant().getEpochSecond(), LATEST));
    return FileTime.from(Instant.ofEpochSecond(seconds));
  }

  /** Returns what a new file is given at once: its modes, where the file system has them. */
  static FileAttribute<?>[] ofNew(Path path, Map<String, ?> wanted) {
    Set<PosixFilePermission> modes = modes(wanted);
    return modes == null || !path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[0]
        : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(modes)};
  }

  /**
   * Sets attributes, but for the size. What the file system has no place for is left out, as by
   * {@code vfat}, so that copies with times and modes succeed.
   */
  static void write(Path path, Map<String, ?> wanted, boolean follow) throws IOException {
    LinkOption[] links = follow ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      for (String name : new String[] {"uid", "gid"}) {
        Object id = wanted.get(name);
        // Who copies with owners as an ordinary user says the owner that the file has.
        if (id != null && !id.equals(Files.getAttribute(path, "unix:" + name, links))) {
          Files.setAttribute(path, "unix:" + name, id, links);
        }
      }
    }
    Set<PosixFilePermission> modes = modes(wanted);
    if (modes != null) {
      writeModes(path, modes, links);
    }
    FileTime modified = (FileTime) wanted.get("lastModifiedTime");
    FileTime accessed = (FileTime) wanted.get("lastAccessTime");
    if (modified != null || accessed != null) {
      Files.getFileAttributeView(path, BasicFileAttributeView.class, links)
          .setTimes(modified, accessed, null);
    }
  }

  private static void writeModes(Path path, Set<PosixFilePermission> modes, LinkOption... links)
      throws IOException {
    PosixFileAttributeView posix =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, links);
    if (posix != null) {
      posix.setPermissions(modes);
      return;
    }
    DosFileAttributeView dos = Files.getFileAttributeView(path, DosFileAttributeView.class, links);
    if (dos != null && !Files.isDirectory(path, links)) {
      dos.setReadOnly(!modes.contains(PosixFilePermission.OWNER_WRITE));
    }
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Set<PosixFilePermission> modes(Map<String, ?> wanted) {
    return (Set<PosixFilePermission>) wanted.get("permissions");
  }
}
