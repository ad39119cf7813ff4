/**
 * A tree of files by SFTP, on Apache MINA SSHD. The library speaks SSH and takes the messages of
 * SFTP apart; which path a name means, and what is done to it, is decided here.
 */
@NullMarked
package dev.tcplay.serve.sftp;

import org.jspecify.annotations.NullMarked;
