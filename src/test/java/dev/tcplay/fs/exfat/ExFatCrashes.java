package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.crash.CrashFormat;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What rule I0 allows a power cut to leave on an exFAT volume, and what fsck.exfat says of that. It
 * takes clusters that are lost for nothing amiss.
 */
final class ExFatCrashes extends CrashFormat {

  private static final Pattern SHARES = Pattern.compile("shares clusters from \\d+ on with (.*)");

  /** A chain that is too long, and secondary entries whose File entry is not there. */
  private static final List<String> ALLOWED =
      List.of("more clusters are allocated", "unknown entry type 0xc0", "unknown entry type 0xc1");

  private static final String SHARED = "cluster is already allocated for the other file";

  /** What it says of the second name of a file, too, where that has a size from before. */
  private static final List<String> OF_PAIRS = List.of(SHARED, "less clusters are allocated");

  private final int clusterSize;
  private final int clusters;

  /**
   * Takes the volumes to be made.
   *
   * @param clusters how many they have, so that they fill up
   */
  ExFatCrashes(int clusterSize, int clusters) {
    this.clusterSize = clusterSize;
    this.clusters = clusters;
  }

  @Override
  protected FileSystemDriver driver() {
    return new ExFatDriver();
  }

  @Override
  protected MountOptions options() {
    return ExFatVolumes.OPTIONS;
  }

  @Override
  protected void format(BlockDevice volume) throws IOException {
    ExFatVolumes.format(volume, clusterSize, clusters);
    StraddlingSets.add(volume, inherited());
  }

  /** So many that the root directory has several clusters, and with names that come again. */
  @Override
  protected List<String> inherited() {
    return List.of("A0", "inherited directory/", "lower1.txt", "inherited", "å1/");
  }

  @Override
  protected Set<String> leftovers() {
    return Set.of("lost-clusters", "chain-too-long", "orphan-entries", "dirty");
  }

  /** Directories have no entries for themselves and their parents. */
  @Override
  protected Set<String> whileMoved() {
    return Set.of();
  }

  @Override
  protected String cutShort() {
    return "chain-too-short";
  }

  @Override
  protected Optional<String> sharer(Finding finding) {
    String path = finding.path().orElse("");
    if (finding.kind().equals("duplicate-name") && isInherited(path)) {
      // What lies over two sectors is put to another place, before it is changed.
      return Optional.of(path);
    }
    Matcher matcher = SHARES.matcher(finding.text());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private boolean isInherited(String path) {
    return inherited().stream().anyMatch(name -> ("/" + name.replace("/", "")).equals(path));
  }

  @Override
  protected List<String> judgeCut(Path image, boolean shares, boolean moved)
      throws IOException, InterruptedException {
    List<String> wrong = new ArrayList<>();
    for (String error : errors(image)) {
      boolean pair = shares && OF_PAIRS.stream().anyMatch(error::contains);
      if (!pair && ALLOWED.stream().noneMatch(error::contains)) {
        wrong.add("fsck.exfat: " + error);
      }
    }
    return wrong;
  }

  @Override
  protected List<String> judgeShared(Path image) throws IOException, InterruptedException {
    return errors(image).stream().filter(error -> error.contains(SHARED)).toList();
  }

  @Override
  protected List<String> judgeClosed(Path image) throws IOException, InterruptedException {
    return errors(image);
  }

  /** Returns the lines that call something wrong, the whole report if it gives up. */
  private static List<String> errors(Path image) throws IOException, InterruptedException {
    Judge.Verdict fsck = Judge.run("fsck.exfat", "-n", image.toString());
    List<String> errors = fsck.output().lines().filter(line -> line.startsWith("ERROR: ")).toList();
    boolean isClean = fsck.status() == 0 && fsck.output().contains(": clean.");
    return errors.isEmpty() && !isClean ? List.of(fsck.output()) : errors;
  }
}
