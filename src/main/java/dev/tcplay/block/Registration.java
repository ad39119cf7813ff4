package dev.tcplay.block;

/** Something that was registered, as long as it is not closed. Safe for any number of threads. */
public interface Registration extends AutoCloseable {

  /**
   * Ends the registration. Only the first call acts; a call that runs already is not waited for.
   */
  @Override
  void close();
}
