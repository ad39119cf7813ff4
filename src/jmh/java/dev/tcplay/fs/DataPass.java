package dev.tcplay.fs;

import java.io.IOException;
import java.util.Random;

/** Ways through the contents of one file: all of it in large requests, or pages here and there. */
public enum DataPass {
  READ_1M(1 << 20),
  READ_64K(1 << 16),
  WRITE_1M(1 << 20),
  WRITE_64K(1 << 16),
  RANDOM_READ(4096),
  RANDOM_WRITE(4096);

  /** Requests of a random pass. */
  private static final int PAGES = 5_000;

  private static final String NAME = "contents.dat";
  private static final int LARGEST = 1 << 20;

  private final int request;

  DataPass(int request) {
    this.request = request;
  }

  /** Makes the file on a volume; returns what its requests are made of, or put in. */
  static byte[] makeFile(Peer volume, long length) throws IOException {
    byte[] bytes = new byte[LARGEST];
    new Random(1).nextBytes(bytes);
    volume.makeFile("", NAME);
    WRITE_1M.run(volume, length, bytes, new Random());
    return bytes;
  }

  /** Goes through the file; what is written whole is cut to nothing before. */
  void run(Peer volume, long length, byte[] bytes, Random random) throws IOException {
    boolean writesAll = this == WRITE_1M || this == WRITE_64K;
    try (Peer.Contents contents = writesAll ? volume.openEmptied(NAME) : volume.open(NAME)) {
      switch (this) {
        case READ_1M, READ_64K -> {
          for (long at = 0; at < length; at += request) {
            contents.read(at, bytes, request);
          }
        }
        case WRITE_1M, WRITE_64K -> {
          for (long at = 0; at < length; at += request) {
            contents.write(at, bytes, request);
          }
        }
        case RANDOM_READ -> {
          for (int i = 0; i < PAGES; i++) {
            contents.read(place(length, random), bytes, request);
          }
        }
        case RANDOM_WRITE -> {
          for (int i = 0; i < PAGES; i++) {
            contents.write(place(length, random), bytes, request);
          }
        }
      }
    }
  }

  private long place(long length, Random random) {
    return (long) random.nextInt((int) (length / request)) * request;
  }
}
