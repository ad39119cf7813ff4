package dev.tcplay.model;

import java.util.Optional;

/**
 * What an empty file system is to be like.
 *
 * @param type {@code FAT12}, {@code FAT16} or {@code FAT32}; {@code exFAT}, from 1 MiB on; or the
 *     name of another driver, all in any case. Empty for what suits the size: FAT up to
 *     2<sup>32</sup> - 1 sectors, exFAT above
 * @param label the volume's label of at most eleven characters, on FAT of its code page; empty for
 *     none
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
