package dev.tcplay.testing;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.apache.lucene.tests.mockfile.FilterFileSystemProvider;

/**
 * A file system with two names that make trouble: of a file {@value #BROKEN} no attributes can be
 * read, and a file {@value #VANISHING} is deleted as soon as they were.
 */
public final class FailingFiles extends FilterFileSystemProvider {

  public static final String BROKEN = "broken";
  public static final String VANISHING = "vanishing";

  /** Has the files of another file system. */
  public FailingFiles(FileSystem files) {
    super("failing://", files);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    check(path);
    A found = super.readAttributes(path, type, options);
    if (path.endsWith(VANISHING)) {
      Files.delete(toDelegate(path));
    }
    return found;
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    check(path);
    return super.readAttributes(path, attributes, options);
  }

  private static void check(Path path) throws FileSystemException {
    if (path.endsWith(BROKEN)) {
      throw new FileSystemException(path.toString(), null, "Input/output error");
    }
  }
}
