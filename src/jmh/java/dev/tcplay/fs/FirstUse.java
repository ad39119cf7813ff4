package dev.tcplay.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/**
 * A program that opens a file system and uses it once, while nothing is warm, and prints for how
 * many milliseconds it opened and used it. A volume is made by another process; what is in memory
 * only, by this one, before the clock starts.
 */
public final class FirstUse {

  /** What is done. */
  public enum Use {
    /** Makes 5,000 files in one directory. */
    CREATE {
      @Override
      void run(Peer volume, byte[] bytes) throws IOException {
        makeFiles(volume, "new");
      }
    },
    /** Reads 5,000 pages of a file. */
    READ {
      @Override
      void run(Peer volume, byte[] bytes) throws IOException {
        DataPass.RANDOM_READ.run(volume, LENGTH, bytes, new Random(1));
      }
    },
    /** Visits 5,000 files with their attributes. */
    LIST {
      @Override
      void run(Peer volume, byte[] bytes) throws IOException {
        volume.walk();
      }
    };

    abstract void run(Peer volume, byte[] bytes) throws IOException;
  }

  private static final int FILES = 5_000;
  private static final long LENGTH = 200L << 20;

  private FirstUse() {}

  /** Makes a fresh folder with what a use needs, and returns it. */
  public static Path make(PeerKind kind) throws IOException {
    Path folder = kind.folder();
    try (Peer volume = kind.make(folder)) {
      fill(volume);
    }
    return folder;
  }

  /** Deletes such a folder. */
  public static void delete(Path folder) throws IOException {
    TemporaryFolder.delete(folder);
  }

  private static void fill(Peer volume) throws IOException {
    DataPass.makeFile(volume, LENGTH);
    makeFiles(volume, "old");
  }

  private static void makeFiles(Peer volume, String directory) throws IOException {
    volume.makeDirectory(directory);
    for (int i = 0; i < FILES; i++) {
      volume.makeFile(directory, "file-" + i + ".dat");
    }
  }

  /** Takes a kind, a use, and the folder of what was made; without it, all is made here. */
  public static void main(String[] arguments) throws IOException {
    PeerKind kind = PeerKind.valueOf(arguments[0]);
    Use use = Use.valueOf(arguments[1]);
    byte[] bytes = new byte[1 << 20];
    long start = System.nanoTime();
    Peer volume;
    if (arguments.length == 3) {
      volume = kind.open(Path.of(arguments[2]));
    } else {
      volume = kind.make(Path.of("unused"));
      fill(volume);
    }
    long opened = System.nanoTime();
    use.run(volume, bytes);
    long used = System.nanoTime();
    System.out.println((opened - start) / 1e6 + " " + (used - opened) / 1e6);
    volume.close();
  }
}
