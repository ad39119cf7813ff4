package dev.tcplay.fs.fat;

import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What fsck.fat 4.2 says of an image, as classes of complaints. A path that ends like one of its
 * sentences would mislead it, so tests have no such names.
 */
final class FsckReport {

  /** A class of complaints. */
  enum Complaint {
    DIRTY("^Dirty bit is set"),
    FATS_DIFFER("^FATs differ"),
    LOST("^Reclaimed \\d+ unused cluster"),
    FREE_COUNT("^Free cluster summary"),
    CHAIN_TOO_LONG("cluster chain length is > "),
    CHAIN_TOO_SHORT("cluster chain length is \\d"),
    SHARED("^ *share clusters"),
    LONG_NAME(
        "^(Unfinished long file name|Orphaned long file name|Wrong checksum for long"
            + "|A new long file name starts|Long filename fragment|Unexpected long filename"
            + "|Checksum in long filename|Reserved field in VFAT|Start cluster field in VFAT)"),
    BAD_CHAIN("^ *Contains a \\w+ cluster|^Cluster \\d+ out of range|to be corrupt"),
    BAD_START("Start does point|[Bb]ad start cluster|tart cluster beyond limit"),
    CIRCULAR("^ *Circular cluster chain|^Broke cycle"),
    BAD_NAME("^ *Bad short file name|^ *Is a dot with no 8.3|large number of bad entries"),
    DUPLICATE("^ *Duplicate directory entry"),
    DOTS("Expected a valid|^ *Invalid '.*' entry in the"),
    DIRECTORY_SIZE("^ *Directory has non-zero size"),
    /** The dirty byte is set in the boot sector only, as it should be. */
    BACKUP("differences between boot sector(?!.*\\n.*Differences:.*\\n  65:0\\d/0\\d\\n  Not)"),
    LABEL("^(Label|Volume label|There is no label)"),
    /** It gives up, or says something else. */
    OTHER("^\\b$");

    private final Pattern pattern;

    Complaint(String pattern) {
      this.pattern = Pattern.compile(pattern, Pattern.MULTILINE);
    }

    private int count(String output) {
      return (int) pattern.matcher(output).results().count();
    }
  }

  /** A complaint about some files: their paths, then what is said of them. */
  private static final Pattern ABOUT_FILES = Pattern.compile("(?m)(?:^/.*\\n)+(?:^ .*\\n?)+");

  /** A directory whose first slot is its end; the slots behind it are no entries. */
  private static final Pattern ENDS_AT_ONCE =
      Pattern.compile("(?m)^(/.*)\\n +Expected a valid '\\.' entry in the first slot, found free");

  private final int status;
  private final String output;
  private final Map<Complaint, Integer> counts = new EnumMap<>(Complaint.class);

  private FsckReport(int status, String output) {
    this.status = status;
    this.output = output;
    for (Complaint complaint : Complaint.values()) {
      int count = complaint.count(output);
      if (count > 0) {
        counts.put(complaint, count);
      }
    }
    if (status > 1 || (status == 1 && counts.isEmpty())) {
      counts.put(Complaint.OTHER, 1);
    }
  }

  /** Asks fsck.fat, which changes nothing. */
  static FsckReport of(Path image) throws IOException, InterruptedException {
    Judge.Verdict verdict = Judge.run("fsck.fat", "-n", image.toString());
    return new FsckReport(verdict.status(), withoutConsequences(verdict.output()));
  }

  /**
   * Leaves out complaints about files that fsck.fat brought about itself: where a directory ends at
   * its first slot it puts an entry for dots there, and then takes what lies behind for entries.
   */
  private static String withoutConsequences(String output) {
    List<String> folders =
        ENDS_AT_ONCE.matcher(output).results().map(found -> found.group(1) + "/").toList();
    return ABOUT_FILES
        .matcher(output)
        .replaceAll(
            complaint ->
                complaint
                        .group()
                        .lines()
                        .anyMatch(line -> folders.stream().anyMatch(line::startsWith))
                    ? ""
                    : Matcher.quoteReplacement(complaint.group()));
  }

  /** Returns the classes of its complaints. */
  Set<Complaint> classes() {
    return counts.isEmpty() ? EnumSet.noneOf(Complaint.class) : EnumSet.copyOf(counts.keySet());
  }

  /** Returns the complaints of which there are more than in another report, but for dirtiness. */
  List<Complaint> moreThan(FsckReport before) {
    return counts.keySet().stream()
        .filter(complaint -> complaint != Complaint.DIRTY)
        .filter(complaint -> counts.get(complaint) > before.counts.getOrDefault(complaint, 0))
        .toList();
  }

  @Override
  public String toString() {
    return "status " + status + ", " + counts + "\n" + output;
  }
}
