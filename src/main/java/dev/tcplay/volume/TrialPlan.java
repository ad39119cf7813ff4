package dev.tcplay.volume;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.volume.HeaderTrial.Candidate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What will be tried, and in which order: format by format, TrueCrypt first, since it costs next to
 * nothing; header by header; at last what fills memory. Families of one format that derive a key
 * from the same salt in the same way share the derivation.
 */
final class TrialPlan {

  private final List<List<HeaderTrial>> stages;

  private TrialPlan(List<List<HeaderTrial>> stages) {
    this.stages = stages;
  }

  /** One derivation of a key: all that is tried with it is one trial. */
  private record Derivation(
      VolumeFormat format, BlockDevice device, long offset, int saltBytes, HeaderKdf kdf) {}

  /**
   * Returns the plan of a request.
   *
   * @param families the families in question, in order
   * @param places the places of a family's headers, in order
   * @throws IOException if a header cannot be read
   */
  static TrialPlan of(
      List<HeaderFamily> families,
      Function<HeaderFamily, List<HeaderSlot>> places,
      UnlockRequest request)
      throws IOException {
    Map<Derivation, List<Candidate>> candidates = new LinkedHashMap<>();
    for (HeaderFamily family : families) {
      int saltBytes = family.codec().saltBytes();
      for (HeaderSlot slot : places.apply(family)) {
        for (HeaderKdf kdf : request.kdfs(family)) {
          Derivation key =
              new Derivation(family.format(), slot.device(), slot.offset(), saltBytes, kdf);
          request.hints().suites(family).stream()
              .map(suite -> new Candidate(family, slot, suite))
              .forEach(each -> candidates.computeIfAbsent(key, k -> new ArrayList<>()).add(each));
        }
      }
    }
    List<HeaderTrial> trials = new ArrayList<>();
    for (Map.Entry<Derivation, List<Candidate>> entry : candidates.entrySet()) {
      byte[] header = read(entry.getValue());
      trials.add(new HeaderTrial(header, entry.getKey().kdf(), entry.getValue(), request));
    }
    return new TrialPlan(inStages(trials));
  }

  private static byte[] read(List<Candidate> candidates) throws IOException {
    int size = candidates.stream().mapToInt(each -> each.family().codec().size()).max().orElse(0);
    return candidates.get(0).slot().read(size);
  }

  private static List<List<HeaderTrial>> inStages(List<HeaderTrial> trials) {
    record Stage(VolumeFormat format, BlockDevice device, long offset) {}
    Map<Stage, List<HeaderTrial>> sideBySide = new LinkedHashMap<>();
    List<List<HeaderTrial>> alone = new ArrayList<>();
    for (HeaderTrial trial : trials) {
      if (trial.kdf().isMemoryHard()) {
        alone.add(List.of(trial));
      } else {
        HeaderSlot slot = trial.slot();
        Stage stage = new Stage(trial.format(), slot.device(), slot.offset());
        sideBySide.computeIfAbsent(stage, key -> new ArrayList<>()).add(trial);
      }
    }
    return Stream.concat(sideBySide.values().stream(), alone.stream()).toList();
  }

  /** Returns the stages in order; a memory-hard trial has one of its own. */
  List<List<HeaderTrial>> stages() {
    return stages;
  }

  /** Returns the formats that are tried. */
  Set<VolumeFormat> formats() {
    return trials().map(HeaderTrial::format).collect(toCollection(TreeSet::new));
  }

  /** Returns all trials in order. */
  Stream<HeaderTrial> trials() {
    return stages.stream().flatMap(List::stream);
  }

  /**
   * Says what was tried: formats, functions and headers, nothing of the password.
   *
   * @param skipped the trials that could not run
   */
  String describe(Set<HeaderTrial> skipped) {
    Map<VolumeFormat, Set<String>> prfs = new LinkedHashMap<>();
    trials()
        .filter(trial -> !skipped.contains(trial))
        .forEach(
            trial ->
                prfs.computeIfAbsent(trial.format(), format -> new LinkedHashSet<>())
                    .add(trial.kdf().prf().id()));
    String formats =
        prfs.entrySet().stream()
            .map(e -> e.getKey().displayName() + " with " + String.join(", ", e.getValue()))
            .collect(joining(" and "));
    String slots = trials().map(trial -> trial.slot().name()).distinct().collect(joining(", "));
    return "tried %s on the %s".formatted(formats, slots);
  }
}
