package dev.tcplay.nio;

import dev.tcplay.fs.VolumeSpace;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The volume of a file system. Its name is the volume's label, its type such as tcplay:fat32. */
final class TcplayFileStore extends FileStore {

  private final TcplayFileSystem fileSystem;
  private final String name;

  private TcplayFileStore(TcplayFileSystem fileSystem, String name) {
    this.fileSystem = fileSystem;
    this.name = name;
  }

  static TcplayFileStore of(TcplayFileSystem fileSystem) throws IOException {
    String label =
        fileSystem.access().call(fileSystem.getPath("/"), volume -> volume.label().orElse(""));
    return new TcplayFileStore(fileSystem, label);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String type() {
    return "tcplay:" + fileSystem.type().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean isReadOnly() {
    return fileSystem.isReadOnly();
  }

  @Override
  public long getTotalSpace() throws IOException {
    return space().totalBytes();
  }

  @Override
  public long getUsableSpace() throws IOException {
    return space().freeBytes();
  }

  @Override
  public long getUnallocatedSpace() throws IOException {
    return space().freeBytes();
  }

  @Override
  public long getBlockSize() throws IOException {
    return space().blockSize();
  }

  private VolumeSpace space() throws IOException {
    return fileSystem
        .access()
        .call(fileSystem.getPath("/"), volume -> Objects.requireNonNull(volume.space(), "space"));
  }

  @Override
  public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
    return fileSystem.views().offers(type);
  }

  @Override
  public boolean supportsFileAttributeView(String view) {
    return fileSystem.views().offers(view);
  }

  @Override
  public <V extends FileStoreAttributeView> @Nullable V getFileStoreAttributeView(Class<V> type) {
    Objects.requireNonNull(type, "type");
    return null;
  }

  @Override
  public Object getAttribute(String attribute) throws IOException {
    return switch (attribute) {
      case "totalSpace" -> getTotalSpace();
      case "usableSpace" -> getUsableSpace();
      case "unallocatedSpace" -> getUnallocatedSpace();
      case "largestFile" ->
          fileSystem.access().call(fileSystem.getPath("/"), volume -> volume.largestFile());
      default -> throw new UnsupportedOperationException("no attribute " + attribute);
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TcplayFileStore store && store.fileSystem == fileSystem;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(fileSystem);
  }

  @Override
  public String toString() {
    return name.isEmpty() ? fileSystem.toString() : name + " (" + fileSystem + ")";
  }
}
