package dev.tcplay.tables;

import dev.tcplay.fs.DataPass;

/** How a table calls a pass through a file. */
final class Passes {

  private Passes() {}

  static String words(DataPass pass) {
    return switch (pass) {
      case READ_1M -> "read by 1 MiB";
      case READ_64K -> "read by 64 KiB";
      case WRITE_1M -> "write by 1 MiB";
      case WRITE_64K -> "write by 64 KiB";
      case RANDOM_READ -> "read pages at random";
      case RANDOM_WRITE -> "write pages at random";
    };
  }

  static boolean random(DataPass pass) {
    return pass == DataPass.RANDOM_READ || pass == DataPass.RANDOM_WRITE;
  }
}
