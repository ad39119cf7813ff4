package dev.tcplay.serve.webdav;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;

/** The attributes of DOS as one number, by Windows' FILE_ATTRIBUTE constants. */
final class DosBits {

  private static final int READ_ONLY = 0x01;
  private static final int HIDDEN = 0x02;
  private static final int SYSTEM = 0x04;
  private static final int DIRECTORY = 0x10;
  private static final int ARCHIVE = 0x20;
  private static final int NORMAL = 0x80;

  private DosBits() {}

  /** Returns those of a file; where there are no such attributes, whether it is a directory. */
  static int of(Path file, BasicFileAttributes found) throws IOException {
    int bits = found.isDirectory() ? DIRECTORY : 0;
    DosFileAttributeView view = Files.getFileAttributeView(file, DosFileAttributeView.class);
    if (view != null) {
      DosFileAttributes dos = view.readAttributes();
      bits |= dos.isReadOnly() ? READ_ONLY : 0;
      bits |= dos.isHidden() ? HIDDEN : 0;
      bits |= dos.isSystem() ? SYSTEM : 0;
      bits |= dos.isArchive() ? ARCHIVE : 0;
    }
    return bits == 0 ? NORMAL : bits;
  }

  /**
   * Sets those of a file.
   *
   * @throws UnsupportedOperationException where there are no such attributes
   */
  static void set(Path file, int bits) throws IOException {
    DosFileAttributeView view = Files.getFileAttributeView(file, DosFileAttributeView.class);
    if (view == null) {
      throw new UnsupportedOperationException("No attributes of DOS");
    }
    view.setReadOnly((bits & READ_ONLY) != 0);
    view.setHidden((bits & HIDDEN) != 0);
    view.setSystem((bits & SYSTEM) != 0);
    view.setArchive((bits & ARCHIVE) != 0);
  }
}
