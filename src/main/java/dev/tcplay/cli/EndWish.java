package dev.tcplay.cli;

import java.util.concurrent.CompletableFuture;

/**
 * Somebody's wish for the end.
 *
 * @param isPatient whether there is none as long as programs are in the way
 * @param answer what that one is told: {@link ControlServer#OK}, or what went wrong
 */
record EndWish(boolean isPatient, CompletableFuture<String> answer) {

  /** Says why there is no end. */
  void refuse(String reason) {
    answer.complete(Names.visible(reason));
  }
}
