package dev.tcplay.volume;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.kernel.Prf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What will be tried, and in which order: TrueCrypt on every header, since it costs next to
 * nothing; then VeraCrypt, header by header; at last what fills memory.
 */
final class TrialPlan {

  private final List<List<HeaderTrial>> stages;

  private TrialPlan(List<List<HeaderTrial>> stages) {
    this.stages = stages;
  }

  /**
   * Returns the plan of a request.
   *
   * @param slots the headers in question, in order
   * @throws IOException if a header cannot be read
   */
  static TrialPlan of(List<HeaderSlot> slots, UnlockRequest request) throws IOException {
    Map<HeaderSlot, byte[]> headers = new LinkedHashMap<>();
    for (HeaderSlot slot : slots) {
      headers.put(slot, slot.read());
    }
    List<HeaderTrial> trials = new ArrayList<>();
    for (VolumeFormat format : VolumeFormat.values()) {
      List<CipherChain> chains = request.chains(format);
      List<Prf> prfs = chains.isEmpty() ? List.of() : request.prfs(format);
      headers.forEach(
          (slot, header) ->
              prfs.stream()
                  .filter(prf -> slot.suits(format))
                  .map(prf -> HeaderKdf.of(format, prf, request.pim()))
                  .forEach(kdf -> trials.add(new HeaderTrial(slot, header, kdf, chains))));
    }
    return new TrialPlan(inStages(trials));
  }

  private static List<List<HeaderTrial>> inStages(List<HeaderTrial> trials) {
    record Stage(VolumeFormat format, HeaderSlot slot) {}
    Map<Stage, List<HeaderTrial>> sideBySide = new LinkedHashMap<>();
    List<List<HeaderTrial>> alone = new ArrayList<>();
    for (HeaderTrial trial : trials) {
      if (trial.kdf().isMemoryHard()) {
        alone.add(List.of(trial));
      } else {
        Stage stage = new Stage(trial.kdf().format(), trial.slot());
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
    return trials().map(trial -> trial.kdf().format()).collect(toCollection(TreeSet::new));
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
    Map<VolumeFormat, List<String>> prfs = new LinkedHashMap<>();
    trials()
        .filter(trial -> !skipped.contains(trial))
        .map(HeaderTrial::kdf)
        .distinct()
        .forEach(
            kdf ->
                prfs.computeIfAbsent(kdf.format(), format -> new ArrayList<>())
                    .add(kdf.prf().id()));
    String formats =
        prfs.entrySet().stream()
            .map(e -> e.getKey().displayName() + " with " + String.join(", ", e.getValue()))
            .collect(joining(" and "));
    String slots = trials().map(trial -> trial.slot().name()).distinct().collect(joining(", "));
    return "tried %s on the %s".formatted(formats, slots);
  }
}
