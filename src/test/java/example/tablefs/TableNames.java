package example.tablefs;

import dev.tcplay.fs.NameRules;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;

/** Names are compared to the letter and have up to 255 bytes of UTF-8. Immutable. */
final class TableNames implements NameRules {

  @Override
  public boolean isCaseSensitive() {
    return true;
  }

  @Override
  public String fold(String name) {
    return name;
  }

  @Override
  public void check(String name) {
    if (!isLawful(name)) {
      throw new InvalidPathException(name, "Not a name of 1 to 255 bytes of UTF-8");
    }
  }

  /** The rules hold for names that are read, too: an image may come from anybody. */
  static boolean isLawful(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.indexOf('/') < 0
        && name.indexOf('\0') < 0
        && StandardCharsets.UTF_8.newEncoder().canEncode(name)
        && name.getBytes(StandardCharsets.UTF_8).length <= Slot.MOST_NAME_BYTES;
  }
}
