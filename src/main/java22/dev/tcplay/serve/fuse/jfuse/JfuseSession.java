package dev.tcplay.serve.fuse.jfuse;

import dev.tcplay.serve.fuse.tree.FuseLibrary;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.cryptomator.jfuse.api.Fuse;

/**
 * A tree that is mounted. jfuse does not tell when libfuse's loop has ended, before which nothing
 * may be given back: the kernel would call into memory that is gone. So a task of ours waits behind
 * the loop, in the one thread that runs it.
 */
final class JfuseSession implements FuseLibrary.Session {

  private static final String THREAD = "executor";

  private final Fuse fuse;
  private final CountDownLatch ended = new CountDownLatch(1);

  JfuseSession(Fuse fuse) throws IOException {
    this.fuse = fuse;
    loop(fuse).execute(ended::countDown);
  }

  private static ExecutorService loop(Fuse fuse) throws IOException {
    try {
      Field field = Fuse.class.getDeclaredField(THREAD);
      field.setAccessible(true);
      return (ExecutorService) field.get(fuse);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IOException("this jfuse is not like 0.7: " + e, e);
    }
  }

  @Override
  public boolean awaitEnd(long time, TimeUnit unit) throws InterruptedException {
    return ended.await(time, unit);
  }

  @Override
  public void unmount() throws IOException {
    Jfuse.close(fuse);
  }

  @Override
  public void release() throws IOException {
    if (ended.getCount() > 0) {
      throw new IOException("the kernel may still ask");
    }
    Jfuse.close(fuse);
  }
}
