package dev.tcplay.fs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenFilesTest {

  /** A file that notes what it is told, and fails if it is to. */
  private static final class Noting implements SharedFile {

    private final Long id;
    private final List<String> told = new ArrayList<>();
    private boolean fails;
    private boolean unlinked;

    Noting(long id) {
      this.id = id;
    }

    private void tell(String what) throws IOException {
      told.add(what);
      if (fails) {
        throw new IOException(what);
      }
    }

    @Override
    public Long id() {
      return id;
    }

    @Override
    public void load() throws IOException {
      tell("load");
    }

    @Override
    public void unlink() {
      unlinked = true;
    }

    @Override
    public boolean isUnlinked() {
      return unlinked;
    }

    @Override
    public void free() throws IOException {
      tell("free");
    }

    @Override
    public void giveBack() throws IOException {
      tell("give back");
    }
  }

  private final NodeIds ids = new NodeIds();
  private final OpenFiles<Noting> files = new OpenFiles<>(ids);

  @Test
  void aFileIsThereOnceAndUntilItsLastHandle() throws IOException {
    Noting file = files.open(7, () -> new Noting(7));
    assertSame(file, files.open(7, () -> new Noting(7)));
    files.release(file);
    assertSame(file, files.get(7));
    files.release(file);
    assertNull(files.get(7));
    assertEquals(List.of("load", "load", "give back"), file.told);
    files.release(file);
    assertEquals(3, file.told.size());
  }

  @Test
  void aDeletedFileIsFreedWithItsLastHandleAndItsIdToo() throws IOException {
    Noting file = files.open(7, () -> new Noting(7));
    assertTrue(files.unlink(7));
    ids.deleted(7, true);
    assertTrue(ids.made(7) != 7);
    file.fails = true;
    assertThrows(IOException.class, () -> files.release(file));
    assertEquals(List.of("load", "free"), file.told);
    assertNull(files.get(7));
    ids.deleted(7, false);
    assertEquals(7, ids.made(7));
  }

  @Test
  void whatFailsKeepsNoFile() throws IOException {
    Noting file = new Noting(7);
    file.fails = true;
    assertThrows(IOException.class, () -> files.open(7, () -> file));
    assertNull(files.get(7));
    file.fails = false;
    files.open(7, () -> file);
    file.fails = true;
    assertThrows(IOException.class, () -> files.release(file));
    assertNull(files.get(7));
    assertEquals(List.of(), files.all());
  }
}
