package dev.tcplay.model;

/**
 * Learns that a write was refused to protect a hidden volume.
 *
 * @see ContainerOptions#PROTECTION_LISTENER
 */
@FunctionalInterface
public interface ProtectionListener {

  /**
   * Takes the news, once for each opening, on the thread whose write was refused and before that
   * thread gets its exception. It must neither close the container nor change what is in it; what
   * it throws is suppressed in that exception.
   *
   * @param what which write was refused, and why: numbers of bytes only
   */
  void refused(String what);
}
