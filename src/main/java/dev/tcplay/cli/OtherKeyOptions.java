package dev.tcplay.cli;

/** The options that say what opens the second of two volumes in one container. */
interface OtherKeyOptions {

  /** Returns what they say. */
  SaidKeys said();
}
