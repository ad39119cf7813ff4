package example.databases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.h2.store.fs.FilePath;

/**
 * Lets H2 keep databases in a volume. Once one is registered, {@code jdbc:h2:volume:/folder/name}
 * is a database in its file system.
 */
public final class VolumeFilePath extends FilePath {

  private static final String SCHEME = "volume";

  private final Path path;

  /**
   * Makes what is to be registered.
   *
   * @param volume the file system; stays open for as long as databases in it are
   */
  public VolumeFilePath(FileSystem volume) {
    this(volume.getPath("/"));
  }

  private VolumeFilePath(Path path) {
    this.path = path.toAbsolutePath().normalize();
    this.name = SCHEME + ":" + this.path;
  }

  /** Something that may fail. */
  private interface Call<T> {
    T make() throws IOException;
  }

  private static <T> T call(Call<T> call) {
    try {
      return call.make();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FilePath getPath(String url) {
    String inside = url.startsWith(SCHEME + ":") ? url.substring(SCHEME.length() + 1) : url;
    return new VolumeFilePath(path.getFileSystem().getPath("/").resolve(inside));
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return FileChannel.open(
        path,
        switch (mode.toLowerCase(Locale.ROOT)) {
          case "r" -> Set.of(StandardOpenOption.READ);
          case "rws", "rwd" ->
              Set.of(
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.SYNC);
          default ->
              Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        });
  }

  @Override
  public long size() {
    return call(() -> Files.size(path));
  }

  @Override
  public void moveTo(FilePath target, boolean atomicReplace) {
    Path to = ((VolumeFilePath) target).path;
    call(
        () ->
            atomicReplace
                ? Files.move(path, to, StandardCopyOption.ATOMIC_MOVE)
                : Files.move(path, to));
  }

  @Override
  public boolean createFile() {
    return call(
        () -> {
          boolean made = !Files.exists(path);
          if (made) {
            Files.createFile(path);
          }
          return made;
        });
  }

  @Override
  public boolean exists() {
    return Files.exists(path);
  }

  @Override
  public void delete() {
    call(() -> Files.deleteIfExists(path));
  }

  @Override
  public List<FilePath> newDirectoryStream() {
    return call(
        () -> {
          if (!Files.isDirectory(path)) {
            return List.of();
          }
          try (Stream<Path> entries = Files.list(path)) {
            return entries.<FilePath>map(VolumeFilePath::new).toList();
          }
        });
  }

  @Override
  public FilePath toRealPath() {
    if (!Files.exists(path)) {
      return this;
    }
    Path real = call(path::toRealPath);
    return new VolumeFilePath(real);
  }

  @Override
  public FilePath getParent() {
    return path.getParent() == null ? null : new VolumeFilePath(path.getParent());
  }

  @Override
  public boolean isDirectory() {
    return Files.isDirectory(path);
  }

  @Override
  public boolean isRegularFile() {
    return Files.isRegularFile(path);
  }

  @Override
  public boolean isAbsolute() {
    return true;
  }

  @Override
  public long lastModified() {
    return call(() -> Files.getLastModifiedTime(path).toMillis());
  }

  @Override
  public boolean canWrite() {
    return Files.isWritable(path);
  }

  @Override
  public void createDirectory() {
    call(() -> Files.createDirectories(path));
  }

  @Override
  public boolean setReadOnly() {
    return call(() -> Files.setAttribute(path, "dos:readonly", true)) != null;
  }
}
