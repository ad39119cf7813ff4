package dev.tcplay.serve.fuse.tree;

import java.io.IOException;

/** Makes an answer for the kernel of whatever comes of a request. */
final class Answers {

  /** What answers by a number, 0 or more. */
  interface Request {
    int run() throws IOException;
  }

  /** What is done, or not. */
  interface Work {
    void run() throws IOException;
  }

  private Answers() {}

  /** Returns 0 when the work is done, else an error below zero. */
  static int done(Work work) {
    return answer(
        () -> {
          work.run();
          return 0;
        });
  }

  /** Returns the answer, or an error below zero. */
  static int answer(Request request) {
    try {
      return request.run();
    } catch (Throwable e) {
      // Into native code nothing may be thrown: it would end this program, and with it the mount.
      return failure(e);
    }
  }

  static int failure(Throwable thrown) {
    return -Errors.of(thrown).number();
  }
}
