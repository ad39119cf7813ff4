package dev.tcplay.nio;

import dev.tcplay.fs.NameRules;
import java.util.Locale;

/** Folds to lower case, as most volumes that do not mind case. */
final class CaselessNames implements NameRules {

  @Override
  public boolean isCaseSensitive() {
    return false;
  }

  @Override
  public String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public void check(String name) {}
}
