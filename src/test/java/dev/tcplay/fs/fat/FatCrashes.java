package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.crash.CrashFormat;
import dev.tcplay.testing.KeptDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What rule I0 allows a power cut to leave on a FAT volume, and what fsck.fat says of that. */
final class FatCrashes extends CrashFormat {

  private static final Set<FsckReport.Complaint> ALLOWED_BY_FSCK =
      EnumSet.of(
          FsckReport.Complaint.LOST,
          FsckReport.Complaint.CHAIN_TOO_LONG,
          FsckReport.Complaint.FATS_DIFFER,
          FsckReport.Complaint.LONG_NAME,
          FsckReport.Complaint.FREE_COUNT,
          FsckReport.Complaint.DIRTY);

  /** Where two names share a chain, fsck.fat cuts the second one off and complains of that. */
  private static final Set<FsckReport.Complaint> OF_A_PAIR =
      EnumSet.of(FsckReport.Complaint.SHARED, FsckReport.Complaint.CHAIN_TOO_SHORT);

  private static final Pattern SHARES = Pattern.compile("shares clusters from \\d+ on with (.*)");

  private final FatType type;

  FatCrashes(FatType type) {
    this.type = type;
  }

  @Override
  protected FileSystemDriver driver() {
    return new FatDriver();
  }

  @Override
  protected MountOptions options() {
    return WritableVolumes.OPTIONS;
  }

  @Override
  protected void format(BlockDevice volume) throws IOException {
    WritableVolumes.format(volume, type.name());
  }

  @Override
  protected Set<String> leftovers() {
    return Set.of(
        "lost-clusters",
        "chain-too-long",
        "fats-differ",
        "orphan-long-name",
        "long-name-checksum",
        "free-count",
        "dirty");
  }

  @Override
  protected Set<String> whileMoved() {
    return Set.of("dots");
  }

  @Override
  protected String cutShort() {
    return "chain-too-short";
  }

  @Override
  protected Optional<String> sharer(Finding finding) {
    Matcher matcher = SHARES.matcher(finding.text());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  @Override
  protected List<String> judgeCut(Path image, boolean shares, boolean moved)
      throws IOException, InterruptedException {
    FsckReport fsck = FsckReport.of(image);
    List<String> wrong = new ArrayList<>();
    boolean isOfPair = !Collections.disjoint(fsck.classes(), OF_A_PAIR);
    boolean mayShare = isOfPair && (shares || mountEndsNamesBehindEnd(image));
    for (FsckReport.Complaint complaint : fsck.classes()) {
      boolean pair = mayShare && OF_A_PAIR.contains(complaint);
      boolean turns = complaint == FsckReport.Complaint.DOTS && moved;
      if (!pair && !turns && !ALLOWED_BY_FSCK.contains(complaint)) {
        wrong.add("fsck.fat: " + complaint + ": " + fsck);
      }
    }
    return wrong;
  }

  /**
   * Returns whether names behind the end of a directory, which fsck.fat takes for names and the
   * driver does not, are all that is shared, and a mount takes them away.
   */
  private boolean mountEndsNamesBehindEnd(Path image) throws IOException, InterruptedException {
    byte[] bytes = Files.readAllBytes(image);
    MemoryDevice device = new MemoryDevice(bytes.length);
    device.write(0, bytes, 0, bytes.length);
    List<String> warnings;
    try (MountedVolume volume = driver().mount(new KeptDevice(device), options())) {
      warnings = volume.warnings();
    }
    device.read(0, bytes, 0, bytes.length);
    Path mounted = Files.write(image.resolveSibling("mounted.img"), bytes);
    return warnings.stream().anyMatch(warning -> warning.contains("behind the end"))
        && judgeShared(mounted).isEmpty();
  }

  @Override
  protected List<String> judgeShared(Path image) throws IOException, InterruptedException {
    FsckReport fsck = FsckReport.of(image);
    return fsck.classes().contains(FsckReport.Complaint.SHARED)
        ? List.of("used, fsck.fat: " + fsck)
        : List.of();
  }

  @Override
  protected List<String> judgeClosed(Path image) throws IOException, InterruptedException {
    FsckReport fsck = FsckReport.of(image);
    return fsck.classes().isEmpty() ? List.of() : List.of("fsck.fat: " + fsck);
  }
}
