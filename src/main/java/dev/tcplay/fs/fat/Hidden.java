package dev.tcplay.fs.fat;

import dev.tcplay.fs.Finding;
import java.util.Set;

/**
 * Tells findings behind which clusters may belong to a file though no chain leads to them: what is
 * lost then must not be freed.
 */
final class Hidden {

  private static final Set<String> KINDS =
      Set.of(
          "chain-to-free",
          "chain-to-bad",
          "chain-out-of-range",
          "circular-chain",
          "chain-too-short",
          "shared-clusters",
          "no-clusters",
          "first-cluster",
          "points-to-root",
          "points-to-parent",
          "many-bad-entries");

  private Hidden() {}

  static boolean isHiding(Finding finding) {
    return KINDS.contains(finding.kind());
  }
}
