package dev.tcplay.fs.fat;

import java.io.IOException;
import java.util.List;

/**
 * One damaged place for each thing that a check looks for (section K of the rules), beside files
 * and directories that are sound.
 */
enum Damage {
  NONE(image -> {}),
  BACKUP_DIFFERS(image -> image.put(6 * FatImage.SECTOR + 3, 0x41, 1)),
  TABLES_DIFFER(image -> image.put(image.fatPosition() + 40 * FatImage.SECTOR + 600, 0x77, 1)),
  MEDIA_IN_TABLE(image -> image.fat(0, 0xFFFFFF0)),
  DIRTY(image -> image.put(image.type == FatType.FAT32 ? 65 : 37, 1, 1)),
  MEDIA_ERRORS(image -> image.put(image.type == FatType.FAT32 ? 65 : 37, 2, 1)),
  NO_FSINFO(image -> image.put(FatImage.SECTOR, 0, 4)),
  FREE_COUNT_TOO_HIGH(image -> image.put(FatImage.SECTOR + 488, 100_000, 4)),
  FREE_COUNT_TOO_LOW(image -> image.put(FatImage.SECTOR + 488, 0, 4)),
  NEXT_FREE_BEYOND(image -> image.put(FatImage.SECTOR + 492, 0x0FFFFFF0, 4)),
  LOWER_CASE_NAME(image -> image.add(0, "bad name   ", 0x20, 0, 0)),
  CONTROL_NAME(image -> image.add(0, "BAD\u0001NAME   ", 0x20, 0, 0)),
  NAME_WITH_DELETE(image -> image.add(0, "BAD\u007FNAME   ", 0x20, 0, 0)),
  BLANK_NAME(image -> image.add(0, "           ", 0x20, 0, 0)),
  SAME_SHORT_NAME(
      image -> {
        image.add(0, "TWICE   TXT", 0x20, 0, 0);
        image.add(0, "TWICE   TXT", 0x20, 0, 0);
      }),
  SAME_LONG_NAME(
      image -> {
        image.addLong(0, "the same name", "THESAM~1   ", 0x20, 0, 0);
        image.addLong(0, "The Same Name", "THESAM~2   ", 0x20, 0, 0);
      }),
  NO_DOTS(image -> image.put(image.position(60), "NODOTS     ")),
  DOTS_LEAD_ASTRAY(image -> image.put(image.position(60) + 26, 70, 2)),
  PARENT_LEADS_ASTRAY(image -> image.put(image.position(60) + 32 + 26, 70, 2)),
  DOTS_IN_ROOT(image -> image.add(0, "..         ", 0x10, 0, 0)),
  LEADS_TO_ROOT(image -> image.add(0, "TOROOT     ", 0x10, 0, 0)),
  LEADS_TO_ITSELF(image -> image.add(60, "SELF       ", 0x10, 60, 0)),
  STARTS_WITH_1(image -> image.add(0, "ONE     TXT", 0x20, 1, 100)),
  STARTS_BEYOND(image -> image.add(0, "BEYOND  TXT", 0x20, 60_000, 100)),
  DIRECTORY_BEYOND(image -> image.add(0, "BEYOND     ", 0x10, 60_000, 0)),
  DIRECTORY_WITH_SIZE(image -> image.put(Damage.entry(image, 1) + 28, 1000, 4)),
  CHAIN_TO_FREE(image -> image.fat(51, 0)),
  CHAIN_TO_BAD(image -> image.fat(51, 0xFFFFFF7)),
  CHAIN_BEYOND(image -> image.fat(51, 0xFFFFFF0)),
  CHAIN_TO_1(image -> image.fat(51, 1)),
  CIRCLE(image -> image.fat(52, 50)),
  CIRCLE_OF_ONE(image -> image.fat(50, 50)),
  DIRECTORY_IN_CIRCLE(image -> image.fat(60, 60)),
  SHARED_CLUSTERS(
      image -> {
        image.add(0, "SHARES  TXT", 0x20, 90, 1500);
        image.chain(90, 51);
        image.fat(51, 52);
      }),
  CHAIN_TOO_SHORT(image -> image.fat(50, 0xFFFFFFF)),
  CHAIN_TOO_LONG(image -> image.put(Damage.entry(image, 0) + 28, 10, 4)),
  NO_CLUSTERS(image -> image.add(0, "NOTHING TXT", 0x20, 0, 5000)),
  EMPTY_WITH_CLUSTERS(
      image -> {
        image.add(0, "EMPTY   TXT", 0x20, 90, 0);
        image.chain(90, 91);
      }),
  ORPHAN_LONG_NAME(
      image -> {
        for (byte[] slot : FatImage.longSlots("a name of nobody", "NOBODY     ")) {
          image.addSlot(0, slot);
        }
        image.add(0, "SOMEBODY   ", 0x20, 0, 0);
      }),
  LONG_NAME_WITHOUT_START(
      image -> {
        image.addSlot(0, FatImage.longSlots("a name without its start", "NOSTART    ").get(1));
        image.add(0, "NOSTART    ", 0x20, 0, 0);
      }),
  PART_OF_A_NAME_WITH_A_CLUSTER(
      image -> {
        byte[] slot = FatImage.longSlots("its part", "ITSPART    ").get(0);
        slot[26] = 50;
        image.addSlot(0, slot);
        image.add(0, "ITSPART    ", 0x20, 0, 0);
      }),
  HARDLY_A_DIRECTORY(
      image -> {
        for (int i = 0; i < 10; i++) {
          image.add(60, "\u0007\u0006a\u0003b\u0002" + (char) ('a' + i) + "????", 0x20, 0, 0);
        }
      }),
  LOST_CLUSTERS(image -> image.chain(100, 101, 102)),
  LABELS_DIFFER(image -> image.add(0, "OTHER      ", 0x08, 0, 0)),
  TWO_LABELS(
      image -> {
        image.add(0, "ONE        ", 0x08, 0, 0);
        image.add(0, "TWO        ", 0x08, 0, 0);
      }),
  LABEL_WITH_A_CLUSTER(image -> image.add(0, "CLUSTER    ", 0x08, 90, 0)),
  UNLAWFUL_LABEL(image -> image.add(0, "LA*BEL     ", 0x08, 0, 0)),
  LABEL_BELOW(image -> image.add(60, "BELOW      ", 0x08, 0, 0)),
  ENTRIES_BEHIND_THE_END(
      image -> {
        image.addSlot(0, new byte[32]);
        image.add(0, "BEHIND  TXT", 0x20, 0, 0);
      }),
  ROOT_IN_CIRCLE(
      image -> {
        if (image.type == FatType.FAT32) {
          image.fat(2, 2);
        }
      });

  /** Contents of the sound files. */
  static final int GOOD_BYTES = 1000;

  /** Files that no damage concerns. */
  static final List<String> GOOD =
      List.of("/good one.txt", "/GOOD2.TXT", "/good directory/GOOD3.TXT");

  private interface Change {
    void apply(FatImage image) throws IOException;
  }

  @SuppressWarnings("ImmutableEnumChecker") // a lambda that captures nothing
  private final Change change;

  Damage(Change change) {
    this.change = change;
  }

  /** Returns where an entry of the root directory lies that the damage may concern. */
  private static long entry(FatImage image, int number) {
    return image.position(0) + 32L * number;
  }

  /** Makes a volume with this damage; what is wrong concerns VICTIM.DAT or VICTDIR at most. */
  FatImage on(FatType type) throws IOException {
    FatImage image = new FatImage(type);
    image.add(0, "VICTIM  DAT", 0x20, 50, 1500);
    image.chain(50, 51, 52);
    image.addDirectory(0, "VICTDIR    ", 60);
    image.add(60, "INSIDE  TXT", 0x20, 62, 600);
    image.chain(62, 63);
    image.addLong(0, "good one.txt", "GOODON~1TXT", 0x20, 70, GOOD_BYTES);
    image.chain(70, 71);
    image.add(0, "GOOD2   TXT", 0x20, 72, GOOD_BYTES);
    image.chain(72, 73);
    for (byte[] slot : FatImage.longSlots("good directory", "GOODDI~1   ")) {
      image.addSlot(0, slot);
    }
    image.addDirectory(0, "GOODDI~1   ", 80);
    image.add(80, "GOOD3   TXT", 0x20, 82, GOOD_BYTES);
    image.chain(82, 83);
    for (int cluster : new int[] {70, 72, 82}) {
      for (int i = 0; i < GOOD_BYTES; i += 4) {
        image.put(image.position(cluster) + i, good(i), 4);
      }
    }
    change.apply(image);
    return image;
  }

  /** Returns the four bytes at a position of every sound file. */
  static int good(int position) {
    return position * 0x01234567;
  }
}
