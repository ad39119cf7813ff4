package dev.tcplay.model;

import java.util.Optional;

/**
 * What an empty file system is to be like.
 *
 * @param type the type where a driver makes several: {@code FAT12}, {@code FAT16} or {@code FAT32},
 *     in any case; empty for what suits the size
 * @param label the volume's label, on FAT at most eleven characters that its code page has; empty
 *     for none
 */
public record NewFileSystem(Optional<String> type, Optional<String> label) {

  /** Makes a choice of nothing: the type that suits the size, and no label. */
  public NewFileSystem() {
    this(Optional.empty(), Optional.empty());
  }

  /** Returns the same with a type. */
  public NewFileSystem withType(String name) {
    return new NewFileSystem(Optional.of(name), label);
  }

  /** Returns the same with a label. */
  public NewFileSystem withLabel(String text) {
    return new NewFileSystem(type, Optional.of(text));
  }
}
