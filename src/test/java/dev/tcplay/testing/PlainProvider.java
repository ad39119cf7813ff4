package dev.tcplay.testing;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A provider that does only what every provider must: it has byte channels, which an interrupt
 * leaves open and which move a few thousand bytes at a time, and no {@link
 * java.nio.channels.FileChannel}. Its paths stand for files of another provider.
 */
public final class PlainProvider extends FileSystemProvider {

  private final FileSystem fileSystem = new PlainFileSystem(this);
  private volatile boolean full;
  private volatile boolean broken;
  private volatile Consumer<String> listener = transfer -> {};
  private final AtomicInteger lateInterrupts = new AtomicInteger();

  /** Sets who learns of every transfer, such as {@code read 512+3000}, from position and length. */
  public void listen(Consumer<String> value) {
    listener = value;
  }

  void tell(String transfer, long position, int length) {
    listener.accept("%s %d+%d".formatted(transfer, position, length));
  }

  /** Has the next calls close their channel, as by interrupts that the thread has cleared. */
  public void lateInterrupts(int calls) {
    lateInterrupts.set(calls);
  }

  /** Returns whether a call is to close its channel, and counts it. */
  boolean isInterruptedLate() {
    return lateInterrupts.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  /** Has every transfer fail, from now on, with an exception that nobody declares. */
  public void breakDown() {
    broken = true;
  }

  void checkWhole() {
    if (broken) {
      throw new IllegalStateException("broken down");
    }
  }

  /** Makes every later write fail, as on a full disk, or none. */
  public void full(boolean value) {
    full = value;
  }

  boolean isFull() {
    return full;
  }

  /** Returns a path of this provider that stands for {@code real}. */
  public Path wrap(Path real) {
    return (Path)
        Proxy.newProxyInstance(
            PlainProvider.class.getClassLoader(),
            new Class<?>[] {Path.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getFileSystem" -> fileSystem;
                  case "toRealPath", "toAbsolutePath", "normalize" -> proxy;
                  case "equals" -> arguments[0] == proxy;
                  default -> invoke(method, real, arguments);
                });
  }

  private static Object invoke(java.lang.reflect.Method method, Path real, Object[] arguments)
      throws Throwable {
    try {
      Object result = method.invoke(real, arguments);
      return method.getName().equals("toUri") ? URI.create("plain:" + result) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Path unwrap(Path path) {
    return Path.of(path.toString());
  }

  @Override
  public String getScheme() {
    return "plain";
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return new PlainChannel(Files.newByteChannel(unwrap(path), options, attributes), this);
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    unwrap(path).getFileSystem().provider().checkAccess(unwrap(path), modes);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return Files.readAttributes(unwrap(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return Files.readAttributes(unwrap(path), attributes, options);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return Files.isSameFile(unwrap(path), unwrap(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return Files.isHidden(unwrap(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return Files.getFileStore(unwrap(path));
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.delete(unwrap(path));
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return fileSystem;
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return null;
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
    throw new UnsupportedOperationException();
  }
}
