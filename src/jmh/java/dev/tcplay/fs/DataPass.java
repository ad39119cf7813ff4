package dev.tcplay.fs;

import java.io.IOException;
import java.util.Random;

/** Ways through the contents of one file: all of it in large requests, or pages here and there. */
public enum DataPass {
  READ_1M(1 << 20, false, false),
  READ_64K(1 << 16, false, false),
  WRITE_1M(1 << 20, true, false),
  WRITE_64K(1 << 16, true, false),
  RANDOM_READ(4096, false, true),
  RANDOM_WRITE(4096, true, true);

  /** Requests of a random pass. */
  private static final int PAGES = 5_000;

  private static final String NAME = "contents.dat";
  private static final int LARGEST = 1 << 20;

  private final int request;
  private final boolean writes;
  private final boolean jumps;

  DataPass(int request, boolean writes, boolean jumps) {
    this.request = request;
    this.writes = writes;
    this.jumps = jumps;
  }

  /**
   * Makes the file on a volume; returns a buffer for the requests of its passes.
   *
   * @param length of the file, whole mebibytes
   */
  static byte[] makeFile(Peer volume, long length) throws IOException {
    Random random = new Random(1);
    byte[] bytes = new byte[LARGEST];
    random.nextBytes(bytes);
    volume.makeFile("", NAME);
    WRITE_1M.run(volume, length, bytes, random);
    return bytes;
  }

  /** Goes through the file; what is written whole is cut to nothing before. */
  void run(Peer volume, long length, byte[] bytes, Random random) throws IOException {
    int places = (int) (length / request);
    int requests = jumps ? PAGES : places;
    try (Peer.Contents contents = writes && !jumps ? volume.openEmptied(NAME) : volume.open(NAME)) {
      for (int i = 0; i < requests; i++) {
        long at = (long) (jumps ? random.nextInt(places) : i) * request;
        if (writes) {
          contents.write(at, bytes, request);
        } else {
          contents.read(at, bytes, request);
        }
      }
    }
  }
}
