package dev.tcplay.foreign;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.store.SimpleFSLockFactory;
import org.apache.lucene.tests.store.BaseLockFactoryTestCase;
import org.junit.BeforeClass;

/** Lucene's tests of its simple locks, on the subject of this process. */
public final class LuceneSimpleLockSuite extends BaseLockFactoryTestCase {

  /** Makes the tests; called by JUnit. */
  public LuceneSimpleLockSuite() {}

  @BeforeClass
  public static void moveIn() throws ReflectiveOperationException {
    LuceneHome.moveIn();
  }

  @Override
  protected Directory getDirectory(Path path) throws IOException {
    return new NIOFSDirectory(path, SimpleFSLockFactory.INSTANCE);
  }
}
