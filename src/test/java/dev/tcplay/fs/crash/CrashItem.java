package dev.tcplay.fs.crash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file or directory of the model: every place it had and, of a file, every content, in order.
 *
 * <p>Each state bears the number of log entries that there were when the operation that made it
 * began: it can be on the disk as soon as one more entry is.
 */
final class CrashItem {

  /** A state that was there before the log began. */
  static final int BEFORE = -1;

  /**
   * Where an item is.
   *
   * @param parent its directory; null if the item is deleted, or the root
   * @param replacedBy what took its place, null if nothing did
   */
  record Place(int begin, CrashItem parent, String name, CrashItem replacedBy) {

    boolean isAbsent() {
      return parent == null;
    }
  }

  /** What is in a file. */
  private static final class Version {

    private final int begin;
    private final byte[] bytes;

    Version(int begin, byte[] bytes) {
      this.begin = begin;
      this.bytes = bytes;
    }
  }

  /**
   * That the states of an index, or later ones, are on the disk once the log has {@code end}
   * entries.
   *
   * @param names whether the places before are gone from the disk, too
   */
  private record Forced(int end, int place, int version, boolean names) {}

  /** How much of the log is on the disk for sure, and how much may be. */
  record Moment(int sure, int possible) {}

  final boolean directory;
  private final List<Place> places = new ArrayList<>();
  private final List<Version> versions = new ArrayList<>();
  private final List<Forced> forced = new ArrayList<>();

  CrashItem(int begin, boolean directory, CrashItem parent, String name) {
    this.directory = directory;
    places.add(new Place(begin, parent, name, null));
    versions.add(new Version(begin, new byte[0]));
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  Place place() {
    return last(places);
  }

  boolean isThere() {
    return place().parent != null;
  }

  byte[] bytes() {
    return last(versions).bytes;
  }

  boolean isIn(CrashItem directory) {
    for (CrashItem item = this; item != null; item = item.place().parent) {
      if (item == directory) {
        return true;
      }
    }
    return false;
  }

  void move(int begin, CrashItem parent, String name) {
    places.add(new Place(begin, parent, name, null));
  }

  void delete(int begin, CrashItem replacedBy) {
    places.add(new Place(begin, null, "", replacedBy));
  }

  void change(int begin, byte[] bytes) {
    versions.add(new Version(begin, bytes));
  }

  /** Notes that the item as it is now is on the disk. */
  void force(int end, boolean names) {
    forced.add(new Forced(end, places.size() - 1, versions.size() - 1, names));
  }

  private Forced lastForced(Moment moment, boolean names) {
    Forced found = null;
    for (Forced force : forced) {
      found = force.end <= moment.sure && (force.names || !names) ? force : found;
    }
    return found;
  }

  /** Returns every place that an entry may be found at. */
  List<Place> possiblePlaces(Moment moment) {
    Forced base = lastForced(moment, true);
    return placesFrom(base == null ? 0 : base.place, moment);
  }

  /** Returns the places of which one must be true; null if the item need not be anywhere. */
  List<Place> requiredPlaces(Moment moment) {
    Forced base = lastForced(moment, false);
    return base == null ? null : placesFrom(base.place, moment);
  }

  private List<Place> placesFrom(int index, Moment moment) {
    return places.subList(index, places.size()).stream()
        .filter(place -> place.begin < moment.possible)
        .toList();
  }

  /** Returns the contents that the file may have, or a mixture of which. */
  private List<Version> possibleVersions(Moment moment) {
    Forced base = lastForced(moment, false);
    return versions.subList(base == null ? 0 : base.version, versions.size()).stream()
        .filter(version -> version.begin < moment.possible)
        .toList();
  }

  /** Returns what is wrong with contents that were found, null if nothing is. */
  String judge(byte[] found, Moment moment) {
    List<Version> possible = possibleVersions(moment);
    for (int i = possible.size() - 1; i >= 0; i--) {
      if (Arrays.equals(found, possible.get(i).bytes)) {
        return null;
      }
    }
    if (possible.stream().noneMatch(version -> version.bytes.length == found.length)) {
      return found.length
          + " bytes, never that many: "
          + possible.stream().map(version -> version.bytes.length).toList();
    }
    for (int i = 0; i < found.length; i++) {
      int at = i;
      if (possible.stream()
          .noneMatch(version -> at < version.bytes.length && version.bytes[at] == found[at])) {
        return "byte %d of %d is %02X, which it never was in %d versions"
            .formatted(at, found.length, found[at], possible.size());
      }
    }
    return null;
  }

  @Override
  public String toString() {
    Place place = place();
    String parent = place.parent == null || place.parent.place().parent == null ? "" : "…";
    return (directory ? "directory " : "file ") + parent + "/" + place.name;
  }
}
