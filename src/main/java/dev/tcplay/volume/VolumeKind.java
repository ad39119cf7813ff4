package dev.tcplay.volume;

/** What a header describes: the volume that everybody may know of, or one hidden in it. */
enum VolumeKind {
  NORMAL("normal"),
  HIDDEN("hidden");

  private final String id;

  VolumeKind(String id) {
    this.id = id;
  }

  /** Returns the name that facts are printed by. */
  String id() {
    return id;
  }
}
