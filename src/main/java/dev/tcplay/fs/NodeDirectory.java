package dev.tcplay.fs;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A directory of a volume whose nodes stay good for looking up and listing, whatever moves. */
record NodeDirectory(MountedVolume volume, Node node) implements OpenDirectory {

  @Override
  public @Nullable Node lookup(String name) throws IOException {
    Node entry = volume.lookup(node, name);
    if (entry == null) {
      checkThere();
    }
    return entry;
  }

  @Override
  public DirectoryCursor list() throws IOException {
    checkThere();
    return volume.list(node);
  }

  /** A directory that is deleted has no attributes. */
  private void checkThere() throws IOException {
    volume.attributes(node);
  }

  @Override
  public void close() {}
}
