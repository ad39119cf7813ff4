package dev.tcplay.fs.fat;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DirectoryCursor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Lists a directory. Not safe for threads. */
final class FatCursor implements DirectoryCursor {

  private final FatNode directory;
  private final DirectoryScanner scanner;
  private @Nullable CorruptFileSystemException damage;

  FatCursor(FatNode directory, DirectoryScanner scanner) {
    this.directory = directory;
    this.scanner = scanner;
  }

  @Override
  public @Nullable Entry next() throws IOException {
    if (damage != null) {
      throw damage;
    }
    try {
      DirectoryEntry entry = scanner.next();
      return entry == null ? null : new Entry(entry.name(), new FatNode(directory, entry));
    } catch (CorruptFileSystemException e) {
      damage = e;
      throw e;
    }
  }
}
