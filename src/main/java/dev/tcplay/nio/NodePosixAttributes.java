package dev.tcplay.nio;

import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.PosixFacts;
import java.io.IOException;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/** The attributes of a file with its owner and permissions. */
final class NodePosixAttributes extends NodeFileAttributes implements PosixFileAttributes {

  /** In the order of the bits of a mode, from 0400 down. */
  private static final PosixFilePermission[] BITS = PosixFilePermission.values();

  private final PosixFacts facts;

  NodePosixAttributes(MountedVolume volume, Node node) throws IOException {
    super(volume, node);
    this.facts = attributes().posix().orElse(PosixFacts.of(0));
  }

  /** Returns the mode that grants permissions, and nothing else. */
  static int mode(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (int i = 0; i < BITS.length; i++) {
      mode |= permissions.contains(BITS[i]) ? 0400 >> i : 0;
    }
    return mode;
  }

  @Override
  public UserPrincipal owner() {
    return Principal.user(facts.owner(), facts.ownerName());
  }

  @Override
  public GroupPrincipal group() {
    return Principal.group(facts.group(), facts.groupName());
  }

  /** Returns a set of the caller's own. */
  @Override
  public Set<PosixFilePermission> permissions() {
    Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < BITS.length; i++) {
      if ((facts.mode() & 0400 >> i) != 0) {
        granted.add(BITS[i]);
      }
    }
    return granted;
  }
}
