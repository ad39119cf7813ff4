package dev.tcplay.fs.cluster;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What a repair tells: a check before it and one behind it, which shows what is mended. */
public final class RepairReport {

  /** The kind of the finding that a volume bears the mark of being in use. */
  public static final String DIRTY = "dirty";

  private static final String MEDIA_ERRORS = "media-errors";

  /** A volume with more findings is hardly one that a repair can mend. */
  private static final int MOST_FINDINGS = 1 << 16;

  /** Of more characters in all they would take too much memory: paths may be long. */
  private static final long MOST_CHARACTERS = 1 << 23;

  private RepairReport() {}

  /** Looks for damage on the whole volume. */
  @FunctionalInterface
  public interface Check {

    /**
     * Runs.
     *
     * @throws IOException if the device fails, or the volume cannot be mounted
     */
    void run(Findings findings) throws IOException;
  }

  /**
   * Returns what a check finds.
   *
   * @throws CorruptFileSystemException if that is too much to be mended
   * @throws IOException if the check fails
   */
  public static List<Finding> of(Check check) throws IOException {
    List<Finding> findings = new ArrayList<>();
    long[] characters = {0};
    check.run(
        new Findings(
            finding -> {
              characters[0] += finding.text().length() + finding.path().orElse("").length();
              if (findings.size() <= MOST_FINDINGS && characters[0] <= MOST_CHARACTERS) {
                findings.add(finding);
              }
            }));
    if (findings.size() > MOST_FINDINGS || characters[0] > MOST_CHARACTERS) {
      throw new CorruptFileSystemException(
          null, "more findings than a repair can keep: none is tried");
    }
    return findings;
  }

  /** Returns the kinds of damage among findings. */
  public static Set<String> kinds(List<Finding> findings) {
    return findings.stream()
        .map(Finding::kind)
        .filter(kind -> !kind.equals(NameBudget.NOT_COMPARED))
        .collect(Collectors.toSet());
  }

  /**
   * Returns whether the mark of being in use is to be taken away: one that the repair has set, and
   * one that stood before if nothing else is amiss. Errors of the medium are not: no repair mends
   * them, and they say nothing of the tree.
   *
   * @param before the kinds of damage before the repair
   * @param left those that are left
   */
  public static boolean isMarkToGo(Set<String> before, Set<String> left) {
    return left.contains(DIRTY)
        && (!before.contains(DIRTY) || Set.of(DIRTY, MEDIA_ERRORS).containsAll(left));
  }

  /** Tells of what is mended, which is found no more, and then of what is left. */
  public static void tell(List<Finding> before, List<Finding> after, Consumer<Finding> consumer) {
    Set<Finding> left = new HashSet<>(after);
    for (Finding finding : before) {
      if (!left.contains(finding)) {
        consumer.accept(finding.asMended());
      }
    }
    after.forEach(consumer);
  }
}
