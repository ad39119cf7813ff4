package dev.tcplay.serve.sftp;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What SSHD asks the whole virtual machine for; what a program has set there stays. */
final class SshdGlobals {

  /** SSHD names loggers by classes, also by ours. A logger that nobody holds forgets its level. */
  private static final List<Logger> LOGS =
      List.of(Logger.getLogger("org.apache.sshd"), Logger.getLogger("dev.tcplay.serve.sftp"));

  private static final String NAMED_PROVIDER = "org.apache.sshd.security.provider.BC.useNamed";

  private SshdGlobals() {}

  /** Keeps SSHD quiet, and from giving all of the program Bouncy Castle as a security provider. */
  static void set() {
    LOGS.stream().filter(log -> log.getLevel() == null).forEach(log -> log.setLevel(Level.OFF));
    if (System.getProperty(NAMED_PROVIDER) == null) {
      System.setProperty(NAMED_PROVIDER, "false");
    }
  }
}
