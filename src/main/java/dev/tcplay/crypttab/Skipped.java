package dev.tcplay.crypttab;

/**
 * An entry that is not ours to open.
 *
 * @param place the file and the line, as {@code FILE:LINE}
 * @param name what the volume is called
 * @param reason what it is instead
 */
public record Skipped(String place, String name, String reason) {

  /** Returns all of it in one line. */
  public String message() {
    return place + ": " + name + " is skipped: " + reason;
  }
}
