package dev.tcplay.fs;

import de.waldheinz.fs.FsDirectory;
import de.waldheinz.fs.FsDirectoryEntry;
import de.waldheinz.fs.FsFile;
import de.waldheinz.fs.fat.FatFileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The library fat32-lib. Its files are not opened or closed; what it keeps is written at the end.
 */
record Fat32LibPeer(FatFileSystem volume) implements Peer {

  @Override
  public void makeDirectory(String directory) throws IOException {
    volume.getRoot().addDirectory(directory);
  }

  @Override
  public void makeFile(String directory, String name) throws IOException {
    FsDirectory root = volume.getRoot();
    (directory.isEmpty() ? root : root.getEntry(directory).getDirectory()).addFile(name);
  }

  @Override
  public Contents open(String name) throws IOException {
    return new Open(volume.getRoot().getEntry(name).getFile());
  }

  @Override
  public Contents openEmptied(String name) throws IOException {
    FsFile file = volume.getRoot().getEntry(name).getFile();
    file.setLength(0);
    return new Open(file);
  }

  private record Open(FsFile file) implements Contents {

    @Override
    public void read(long position, byte[] target, int length) throws IOException {
      file.read(position, ByteBuffer.wrap(target, 0, length));
    }

    @Override
    public void write(long position, byte[] source, int length) throws IOException {
      file.write(position, ByteBuffer.wrap(source, 0, length));
    }

    @Override
    public void close() throws IOException {
      file.flush();
    }
  }

  @Override
  public long walk() throws IOException {
    return walk(volume.getRoot());
  }

  private static long walk(FsDirectory directory) throws IOException {
    long sum = 0;
    for (FsDirectoryEntry entry : directory) {
      if (entry.isDirectory()) {
        if (!entry.getName().startsWith(".")) {
          sum += walk(entry.getDirectory());
        }
      } else {
        sum += entry.getFile().getLength() + entry.getLastModified() + entry.getName().length();
      }
    }
    return sum;
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
