package dev.tcplay.fs.exfat;

/**
 * An entry, and the directory in which it stands.
 *
 * @param directory the directory
 * @param entry the entry
 */
record Name(ExFatDirectory directory, DirectoryEntry entry) {

  @Override
  public String toString() {
    return directory.path(entry.name());
  }
}
