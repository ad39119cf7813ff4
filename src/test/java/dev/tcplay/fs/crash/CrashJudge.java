package dev.tcplay.fs.crash;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges a volume as a crash left it: it can be mounted, walked and read; it has only the damage
 * that rule I0 allows; every entry is one that was there since the last force, with contents that
 * it had; and what was forced is there. Used once.
 */
final class CrashJudge {

  private record Name(CrashItem parent, String name) {}

  /**
   * Where an item was found.
   *
   * @param names which of its names the path can be, more than one if a name on it was that of
   *     several directories
   */
  private record Found(Set<Name> names, String path) {}

  /** A name under which a file cannot be read. */
  private record Old(List<CrashItem> items, String reason) {}

  private final CrashFormat format;
  private final CrashModel model;
  private final CrashItem.Moment moment;
  private final Map<Name, List<CrashItem>> possible = new HashMap<>();
  private final Map<CrashItem, List<Found>> found = new HashMap<>();
  private final Map<String, Old> old = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private boolean shares;
  private boolean turned;

  CrashJudge(CrashFormat format, CrashModel model, CrashItem.Moment moment) {
    this.format = format;
    this.model = model;
    this.moment = moment;
    for (CrashItem item : model.items()) {
      for (CrashItem.Place place : item.possiblePlaces(moment)) {
        if (!place.isAbsent()) {
          List<CrashItem> items =
              possible.computeIfAbsent(
                  new Name(place.parent(), place.name()), n -> new ArrayList<>());
          if (!items.contains(item)) {
            items.add(item);
          }
        }
      }
    }
  }

  /** Returns what is wrong, nothing if all is as it may be. */
  List<String> judge(BlockDevice device) {
    try {
      MountedVolume volume = format.read(device);
      walk(volume, volume.root(), "", List.of(model.root));
      old.forEach(this::judgeOld);
      model.items().forEach(this::judgePlace);
      format.check(device, this::judgeFinding);
    } catch (IOException | RuntimeException e) {
      faults.add("exception: " + e);
    }
    return faults;
  }

  /** Returns whether two names share a chain, after {@link #judge}. */
  boolean isShared() {
    return shares;
  }

  /** Returns what an independent judge finds and may not, after {@link #judge}. */
  List<String> judge(Path image) throws IOException, InterruptedException {
    return format.judgeCut(image, shares, turned);
  }

  private void walk(MountedVolume volume, Node directory, String path, List<CrashItem> candidates)
      throws IOException {
    DirectoryCursor cursor;
    try {
      cursor = volume.list(directory);
    } catch (CorruptFileSystemException e) {
      if (candidates.stream().noneMatch(item -> found.get(item).size() > 1)) {
        faults.add(path + " cannot be listed: " + e);
      }
      return;
    }
    DirectoryCursor.Entry entry;
    while ((entry = cursor.next()) != null) {
      String child = path + "/" + entry.name();
      Map<CrashItem, Set<Name>> names = new LinkedHashMap<>();
      for (CrashItem parent : candidates) {
        Name name = new Name(parent, entry.name());
        for (CrashItem item : possible.getOrDefault(name, List.of())) {
          if (item.directory == entry.node().isDirectory()) {
            names.computeIfAbsent(item, i -> new HashSet<>()).add(name);
          }
        }
      }
      names.forEach((item, of) -> note(item, new Found(of, child)));
      List<CrashItem> items = List.copyOf(names.keySet());
      if (items.isEmpty()) {
        faults.add(child + " was never there since the last force");
      } else if (entry.node().isDirectory()) {
        walk(volume, entry.node(), child, items);
      } else {
        judgeFile(volume, entry.node(), child, items);
      }
    }
  }

  /**
   * Reads a file and judges its contents. What was renamed and then changed may still be there
   * under its old name, too, with a size from before.
   */
  private void judgeFile(MountedVolume volume, Node file, String path, List<CrashItem> items)
      throws IOException {
    try {
      judgeContents(Walk.read(volume, file), path, items);
    } catch (CorruptFileSystemException e) {
      old.put(path, new Old(items, e.toString()));
      items.forEach(item -> found.get(item).removeIf(place -> place.path.equals(path)));
    }
  }

  /** Accepts what cannot be read if it is there under a newer name, or deleted by now. */
  private void judgeOld(String path, Old name) {
    if (name.items.stream().noneMatch(item -> !found.get(item).isEmpty() || mayBeGone(item))) {
      faults.add(path + ": " + name.reason);
    }
  }

  private void note(CrashItem item, Found place) {
    found.computeIfAbsent(item, i -> new ArrayList<>()).add(place);
  }

  /** Leaves those among what an entry may be that have such contents. */
  private void judgeContents(byte[] bytes, String path, List<CrashItem> items) {
    List<String> reasons = new ArrayList<>();
    for (CrashItem item : items) {
      String reason = item.judge(bytes, moment);
      if (reason != null) {
        reasons.add(reason);
        found.get(item).removeIf(place -> place.path.equals(path));
      }
    }
    if (reasons.size() == items.size()) {
      faults.add(path + ": " + reasons);
    }
  }

  /** Looks whether an item that must be there is. */
  private void judgePlace(CrashItem item) {
    List<CrashItem.Place> required = item.requiredPlaces(moment);
    if (required == null) {
      return;
    }
    List<Name> names =
        found.getOrDefault(item, List.of()).stream().flatMap(f -> f.names.stream()).toList();
    for (CrashItem.Place place : required) {
      if (!place.isAbsent() && names.contains(new Name(place.parent(), place.name()))) {
        return;
      }
    }
    CrashItem.Place last = required.get(required.size() - 1);
    if (required.stream().noneMatch(CrashItem.Place::isAbsent)) {
      faults.add(item + " is missing, of " + required.size() + " places; found at " + names);
    } else if (last.replacedBy() != null && required.size() > 1) {
      CrashItem.Place before = required.get(required.size() - 2);
      judgeReplacement(item, last.replacedBy(), new Name(before.parent(), before.name()));
    }
  }

  /** An item that was replaced may be gone only if what replaced it stands in its place. */
  private void judgeReplacement(CrashItem item, CrashItem other, Name name) {
    List<Name> places =
        other.possiblePlaces(moment).stream()
            .map(place -> new Name(place.parent(), place.name()))
            .toList();
    // It may have come back to the name since.
    boolean wentOn =
        places.stream().skip(places.indexOf(name) + 1L).anyMatch(place -> !place.equals(name));
    boolean isThere =
        found.getOrDefault(other, List.of()).stream().anyMatch(f -> f.names.contains(name));
    if (!wentOn && !isThere) {
      faults.add(item + " was replaced by " + other + ", which is not there either");
    }
  }

  private void judgeFinding(Finding finding) {
    String path = finding.path().orElse("");
    boolean isOld = old.containsKey(path) && finding.kind().equals(format.cutShort());
    if (isOld || format.leftovers().contains(finding.kind())) {
      return;
    }
    Optional<String> sharer = format.sharer(finding);
    if (sharer.isPresent() && isPair(path, sharer.get())) {
      shares = true;
      turned = true;
    } else if (format.whileMoved().contains(finding.kind()) && mayHaveEitherParent(path)) {
      turned = true;
    } else {
      faults.add("check: " + finding);
    }
  }

  private boolean mayBeGone(CrashItem item) {
    return item.possiblePlaces(moment).stream().anyMatch(CrashItem.Place::isAbsent);
  }

  /** While a directory has both names either parent is right, and once it is deleted, too. */
  private boolean mayHaveEitherParent(String path) {
    return found.entrySet().stream()
        .filter(item -> item.getValue().stream().anyMatch(place -> place.path.equals(path)))
        .anyMatch(item -> item.getValue().size() > 1 || mayBeGone(item.getKey()));
  }

  private boolean isPair(String path, String other) {
    return old.containsKey(path)
        || old.containsKey(other)
        || found.values().stream()
            .anyMatch(
                places ->
                    places.stream().anyMatch(place -> place.path.equals(path))
                        && places.stream().anyMatch(place -> place.path.equals(other)));
  }
}
