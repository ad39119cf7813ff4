package dev.tcplay.block.host;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host that was found and not opened yet.
 *
 * @param file its real path
 * @param key what tells it from others, null where its provider has no such thing
 * @param device the block device that it is, empty if it is a file, or of another system than Linux
 */
record FoundHost(Path file, @Nullable Object key, Optional<DeviceNode> device) {

  /**
   * Finds a host by whatever path.
   *
   * @throws FileSystemException if it is of a {@linkplain HostKind#refusal kind} that cannot be one
   */
  static FoundHost at(Path path) throws IOException {
    Optional<String> refusal = HostKind.of(path).refusal();
    if (refusal.isPresent()) {
      throw new FileSystemException(path.toString(), null, refusal.get());
    }
    Path file = path.toRealPath();
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return new FoundHost(file, key, DeviceNode.of(file));
  }

  /** Returns what is equal for the same host: the device, of which there may be many nodes. */
  Object identity() {
    return device.isPresent() ? device.get() : key == null ? file : key;
  }

  /** Returns whether it may be opened for writing, as far as can be told before. */
  boolean isWritable() {
    return Files.isWritable(file) && !device.map(DeviceNode::isReadOnly).orElse(false);
  }

  /** Returns the bytes in a sector, which a file has as most devices have them. */
  int sectorSize() {
    return device.map(DeviceNode::sectorSize).orElse(DeviceNode.USUAL_SECTOR);
  }

  /** Opens it, for reading only if it cannot be written. */
  HostFile open(boolean readOnly) throws IOException {
    if (!readOnly) {
      try {
        return HostFile.open(file, false, key);
      } catch (AccessDeniedException | UnsupportedOperationException e) {
        // What cannot be written can often be read; a read-only file system throws the second.
      } catch (FileSystemException e) {
        if (HostKind.of(file) != HostKind.BLOCK_DEVICE) {
          throw e;
        }
        // As a disk whose switch forbids writing is refused.
      }
    }
    return HostFile.open(file, true, key);
  }
}
