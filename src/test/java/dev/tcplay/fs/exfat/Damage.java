package dev.tcplay.fs.exfat;

import static dev.tcplay.fs.exfat.HandMadeImage.CHAINED;
import static dev.tcplay.fs.exfat.HandMadeImage.CLUSTER;
import static dev.tcplay.fs.exfat.HandMadeImage.IN_ONE_PIECE;
import static dev.tcplay.fs.exfat.HandMadeImage.ROOT;

import java.io.IOException;
import java.util.Arrays;

/**
 * One damaged place for each thing that a check looks for (L17), beside files and directories that
 * are sound.
 */
enum Damage {
  NONE("", image -> {}),
  BOOT_SECTOR("boot-region", image -> image.put(80, 0, 4)),
  BOOT_CHECKSUM("boot-region", image -> image.put(11 * 512 + 40, 7, 4)),
  BACKUP_CHECKSUM("backup-region", image -> image.put(23 * 512 + 40, 7, 4)),
  DIRTY("dirty", image -> image.put(106, 2, 2)),
  MEDIA_FAILURE("media-errors", image -> image.put(106, 4, 2)),
  MEDIA_IN_TABLE("fat-media", image -> image.fat(0, 0)),
  BITMAP_ENTRY_GONE("allocation-bitmap", image -> image.put(image.slot(ROOT, 1), 0x01, 1)),
  BITMAP_BEYOND("allocation-bitmap", image -> image.put(image.slot(ROOT, 1) + 20, 1 << 20, 4)),
  BITMAP_TOO_SHORT("allocation-bitmap", image -> image.put(image.slot(ROOT, 1) + 24, 3, 8)),
  UPCASE_ENTRY_GONE("upcase-table", image -> image.put(image.slot(ROOT, 2), 0x02, 1)),
  UPCASE_CHECKSUM("upcase-table", image -> image.put(image.slot(ROOT, 2) + 4, 3, 4)),
  UPCASE_CONTENT("upcase-table", image -> image.put(image.position(3) + 400, 0x4444, 2)),
  LABEL_TOO_LONG("label", image -> image.put(image.slot(ROOT, 0) + 1, 12, 1)),
  ROOT_IN_CIRCLE("circular-chain", image -> image.fat(ROOT, ROOT)),
  ROOT_LEADS_ASTRAY("chain-to-free", image -> image.fat(ROOT, 0)),
  SET_CHECKSUM("set-checksum", image -> image.put(plain(image) + 4, 0, 2)),
  SECONDARY_COUNT_TOO_SMALL(
      "set-checksum", image -> image.put(image.slot(ROOT, Sound.LONG) + 1, 2, 1)),
  SECONDARY_COUNT_ZERO("entry-set", image -> image.change(plain(image), 1, 0, 1)),
  SECONDARY_COUNT_19(
      "entry-set",
      image -> {
        byte[] set = Arrays.copyOf(HandMadeImage.set("long", 0x20, CHAINED, 0, 0, 0), 20 * 32);
        set[1] = 19;
        for (int at = 3 * 32; at < set.length; at += 32) {
          set[at] = (byte) 0xE5;
        }
        HandMadeImage.seal(set);
        image.add(ROOT, set);
      }),
  SECONDARY_COUNT_TOO_LARGE("incomplete-set", image -> image.put(plain(image) + 1, 9, 1)),
  NO_STREAM("entry-set", image -> image.change(plain(image), 32, 0xC1, 1)),
  NAME_LENGTH_TOO_LONG("entry-set", image -> image.change(plain(image), 35, 40, 1)),
  NAME_LENGTH_ZERO("entry-set", image -> image.change(plain(image), 35, 0, 1)),
  NAME_HASH("name-hash", image -> image.change(plain(image), 36, 77, 2)),
  NAME_FORBIDDEN("bad-name", image -> image.addFile(ROOT, "a*b", CHAINED, 0, 0)),
  NAME_OF_DOTS("bad-name", image -> image.addFile(Sound.DIRECTORY, "..", CHAINED, 0, 0)),
  NAME_WITH_CONTROL("bad-name", image -> image.addFile(ROOT, "a\nb", CHAINED, 0, 0)),
  SAME_NAME(
      "duplicate-name",
      image ->
          image.change(
              image.addFile(ROOT, "PLAIN.txt", CHAINED, 0, 0), 8, 46 << 25 | 1 << 21 | 1 << 16, 4)),
  EMPTY_TWIN("duplicate-name", image -> image.addFile(ROOT, "PLAIN.txt", CHAINED, 0, 0)),
  ORPHAN_STREAM("orphan-entries", image -> image.skip(ROOT, 1, 0xC0)),
  UNKNOWN_CRITICAL("entry-type", image -> image.skip(Sound.DIRECTORY, 1, 0x89)),
  BITMAP_BELOW("entry-type", image -> image.skip(Sound.DIRECTORY, 1, 0x81)),
  STARTS_BEYOND("first-cluster", image -> image.addFile(ROOT, "b", CHAINED, 1 << 20, 5)),
  STARTS_WITH_1("first-cluster", image -> image.addFile(ROOT, "one", CHAINED, 1, 5)),
  NO_CLUSTER("first-cluster", image -> image.addFile(ROOT, "none", CHAINED, 0, 5)),
  CLUSTER_WITHOUT_BYTES(
      "first-cluster",
      image -> {
        image.chain(90);
        image.addFile(ROOT, "empty.bin", CHAINED, 90, 0);
      }),
  RUN_BEYOND(
      "chain-out-of-range", image -> image.addFile(ROOT, "run", IN_ONE_PIECE, 1500, 2 << 20)),
  TOO_LARGE("data-length", image -> image.addFile(ROOT, "large", CHAINED, 90, 1L << 40)),
  NEGATIVE("data-length", image -> image.addFile(ROOT, "large", CHAINED, 90, -5)),
  VALID_LENGTH("valid-length", image -> image.change(plain(image), 40, 60_000, 8)),
  CHAIN_TOO_SHORT("chain-too-short", image -> image.fat(52, HandMadeImage.END)),
  CHAIN_TOO_LONG(
      "chain-too-long",
      image -> {
        image.chain(50, 52, 51, 53);
      }),
  CHAIN_TO_FREE("chain-to-free", image -> image.fat(52, 0)),
  CHAIN_TO_BAD("chain-to-bad", image -> image.fat(52, HandMadeImage.BAD)),
  CHAIN_BEYOND("chain-out-of-range", image -> image.fat(52, 1 << 20)),
  CHAIN_TO_1("chain-out-of-range", image -> image.fat(52, 1)),
  CIRCLE("circular-chain", image -> image.fat(52, 50)),
  SHARED_CHAIN("shared-clusters", image -> image.addFile(ROOT, "two", CHAINED, 52, 5000)),
  SHARED_RUN("shared-clusters", image -> image.addFile(ROOT, "two", IN_ONE_PIECE, 41, 100)),
  DIRECTORY_IN_ITSELF(
      "shared-clusters",
      image ->
          image.add(
              Sound.DIRECTORY,
              HandMadeImage.set("self", 0x10, CHAINED, Sound.DIRECTORY, CLUSTER, CLUSTER))),
  DIRECTORY_SIZE(
      "directory-size", image -> image.change(image.slot(ROOT, Sound.FOLDER), 56, 5000, 8)),
  DIRECTORY_WITHOUT_BYTES(
      "directory-size",
      image -> image.add(ROOT, HandMadeImage.set("nothing", 0x10, CHAINED, 0, 0, 0))),
  DIRECTORY_WITHOUT_LENGTH(
      "first-cluster",
      image -> {
        image.change(image.slot(ROOT, Sound.FOLDER), 40, 0, 8);
        image.change(image.slot(ROOT, Sound.FOLDER), 56, 0, 8);
      }),
  DIRECTORY_WITHOUT_LENGTH_AND_HASH(
      "first-cluster",
      image -> {
        DIRECTORY_WITHOUT_LENGTH.on(image);
        image.change(image.slot(ROOT, Sound.FOLDER), 36, 77, 2);
      }),
  DIRECTORY_VALID_LENGTH(
      "directory-size", image -> image.change(image.slot(ROOT, Sound.FOLDER), 40, 512, 8)),
  MARKED_FREE("marked-free", image -> image.mark(41, false)),
  MARKED_FREE_IN_A_CHAIN("marked-free", image -> image.mark(52, false)),
  BITMAP_MARKED_FREE("marked-free", image -> image.mark(2, false)),
  TORN_END(
      "incomplete-set",
      image -> {
        image.skip(ROOT, 30 - image.nextSlot(ROOT), 0x05);
        image.chain(90);
        byte[] set = HandMadeImage.set("torn.bin", 0x20, CHAINED, 90, 10, 10);
        image.add(ROOT, Arrays.copyOf(set, 64));
      }),
  TORN_START(
      "orphan-entries",
      image -> {
        image.skip(ROOT, 32 - image.nextSlot(ROOT), 0x05);
        image.skip(ROOT, 2, 0xC1);
        image.addFile(ROOT, "behind.txt", CHAINED, 0, 0);
      }),
  TWO_NAMES_OF_A_FILE(
      "shared-clusters", image -> image.addFile(ROOT, "other.bin", CHAINED, 50, 3 * CLUSTER)),
  TWO_NAMES_OF_A_DIRECTORY(
      "shared-clusters",
      image ->
          image.add(
              ROOT, HandMadeImage.set("two", 0x10, CHAINED, Sound.DIRECTORY, CLUSTER, CLUSTER))),
  LOST("lost-clusters", image -> image.mark(200, true));

  /** How a place is damaged. */
  interface Act {
    void on(HandMadeImage image) throws IOException;
  }

  /** Where things are on a volume before it is damaged. */
  static final class Sound {
    static final int PLAIN = 3;
    static final int PIECES = 6;
    static final int LONG = 9;
    static final int FOLDER = 14;
    static final int DIRECTORY = 60;

    private Sound() {}

    /** Makes some files and a directory. */
    static HandMadeImage image() throws IOException {
      HandMadeImage image = new HandMadeImage();
      for (int cluster = 40; cluster < 43; cluster++) {
        image.mark(cluster, true);
      }
      image.addFile(ROOT, "plain.txt", IN_ONE_PIECE, 40, 2 * CLUSTER + 100);
      image.chain(50, 52, 51);
      image.addFile(ROOT, "pieces.bin", CHAINED, 50, 3 * CLUSTER);
      image.addFile(ROOT, "a name that takes more than one entry", CHAINED, 0, 0);
      image.addDirectory(ROOT, "folder", DIRECTORY);
      image.chain(70);
      image.addFile(DIRECTORY, "inside.txt", CHAINED, 70, 10);
      return image;
    }
  }

  final String kind;

  @SuppressWarnings("ImmutableEnumChecker") // a lambda that captures nothing
  private final Act act;

  Damage(String kind, Act act) {
    this.kind = kind;
    this.act = act;
  }

  private static long plain(HandMadeImage image) {
    return image.slot(ROOT, Sound.PLAIN);
  }

  /** Does this damage, too. */
  void on(HandMadeImage image) throws IOException {
    act.on(image);
  }

  /** Returns a volume that is damaged so. */
  HandMadeImage image() throws IOException {
    HandMadeImage image = Sound.image();
    act.on(image);
    return image;
  }
}
