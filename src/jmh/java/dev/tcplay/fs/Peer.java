package dev.tcplay.fs;

import java.io.Closeable;
import java.io.IOException;

/**
 * A file system under measurement, empty when it is made. Names are those of the root directory.
 */
interface Peer extends Closeable {

  /** The contents of an open file. */
  interface Contents extends Closeable {
    /** Reads {@code length} bytes that are there. */
    void read(long position, byte[] target, int length) throws IOException;

    /** Writes bytes. */
    void write(long position, byte[] source, int length) throws IOException;
  }

  /** Makes a directory in the root directory. */
  void makeDirectory(String directory) throws IOException;

  /** Makes an empty file; an empty directory name stands for the root directory. */
  void makeFile(String directory, String name) throws IOException;

  /** Opens a file of the root directory. */
  Contents open(String name) throws IOException;

  /** Cuts a file of the root directory to nothing and opens it. */
  Contents openEmptied(String name) throws IOException;

  /** Visits everything with its attributes; returns a number made of all of them. */
  long walk() throws IOException;
}
