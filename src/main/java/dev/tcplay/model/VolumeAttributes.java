package dev.tcplay.model;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * A file's attributes together with the facts of its volume: {@code Files.readAttributes(path,
 * VolumeAttributes.class)}.
 *
 * <p>By name the facts are the view {@code tcplay}: {@code Files.readAttributes(path, "tcplay:*")}
 * gives {@code format}, {@code prf}, {@code iterations}, {@code memoryKiB}, {@code cipher}, {@code
 * mode}, {@code tweak}, {@code kind}, {@code dataOffset}, {@code dataLength}, {@code firstUnit},
 * {@code sectorSize}, {@code protectedStart}, {@code protectedLength}, {@code partition}, {@code
 * filesystem}, {@code label}, {@code serial} and {@code warnings}, with {@code -} for a text that
 * is not there, {@code partition} 0 for a whole volume, and {@code protectedStart} and {@code
 * protectedLength} 0 where no hidden volume is protected. They are the same for every file of a
 * volume, and none is secret. {@code label} can be set by {@code Files.setAttribute}, and removed
 * by an empty text.
 */
public interface VolumeAttributes extends BasicFileAttributes {

  /** Returns the facts of the container. */
  VolumeInfo volume();

  /** Returns the type of the file system, such as {@code FAT32}. */
  String fileSystem();

  /** Returns the volume's label, empty if it has none. */
  Optional<String> label();

  /** Returns the volume's serial number as its own tools print it, empty if it has none. */
  Optional<String> serial();

  /**
   * Returns what is amiss with the container or the file system, though it can be read, a sentence
   * each: that the container was cut, that the boot sector was read from the backup, or that the
   * file system is larger than its container; and the write that was refused to protect a hidden
   * volume.
   */
  List<String> warnings();
}
