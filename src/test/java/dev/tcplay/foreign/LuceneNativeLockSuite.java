package dev.tcplay.foreign;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.store.NativeFSLockFactory;
import org.apache.lucene.tests.store.BaseLockFactoryTestCase;
import org.junit.BeforeClass;

/** Lucene's tests of its native locks, on the subject of this process. */
public final class LuceneNativeLockSuite extends BaseLockFactoryTestCase {

  /** Makes the tests; called by JUnit. */
  public LuceneNativeLockSuite() {}

  @BeforeClass
  public static void moveIn() throws ReflectiveOperationException {
    LuceneHome.moveIn();
  }

  @Override
  protected Directory getDirectory(Path path) throws IOException {
    return new NIOFSDirectory(path, NativeFSLockFactory.INSTANCE);
  }
}
