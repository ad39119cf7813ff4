package dev.tcplay.fs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.TypedVolumes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What gets another name while its directory is listed is listed once, under one of its names. */
class ListingWhileRenamingTest {

  private static final int LISTINGS = 300;
  private static final int FILES = 20;

  /** A directory whose files get other names; each file is known by the number in its name. */
  private static final class Renaming {

    private final MountedVolume volume;
    private final Node directory;
    private final Random random;
    private final Map<Integer, String> names = new HashMap<>();

    Renaming(MountedVolume volume, Random random) throws IOException {
      this.volume = volume;
      this.random = random;
      this.directory =
          volume.create(volume.root(), "directory", NodeType.DIRECTORY, AttributeChange.NONE);
      for (int file = 0; file < FILES; file++) {
        names.put(file, name(file));
        volume.create(directory, names.get(file), NodeType.FILE, AttributeChange.NONE);
      }
    }

    /** A name of one to eleven slots. */
    private String name(int file) {
      return file + "_" + "x".repeat(random.nextInt(9) * random.nextInt(15));
    }

    void step() throws IOException {
      int file = random.nextInt(FILES);
      Node node = volume.lookup(directory, names.get(file));
      if (random.nextInt(4) == 0) {
        String temporary = "new " + random.nextInt(8);
        Node old = volume.lookup(directory, temporary);
        if (old == null) {
          volume.create(directory, temporary, NodeType.FILE, AttributeChange.NONE);
        } else {
          volume.delete(old);
        }
      } else {
        String name = random.nextInt(3) == 0 ? swapCase(names.get(file)) : name(file);
        volume.move(node, directory, name, true);
        names.put(file, name);
      }
    }

    private static String swapCase(String name) {
      return name.indexOf('x') < 0 ? name.replace('X', 'x') : name.replace('x', 'X');
    }

    /** Lists the directory while it changes, and returns the numbers of the files, sorted. */
    List<Integer> list() throws IOException {
      List<Integer> found = new ArrayList<>();
      DirectoryCursor cursor = volume.list(directory);
      DirectoryCursor.Entry entry;
      while ((entry = cursor.next()) != null) {
        if (entry.name().indexOf('_') > 0) {
          found.add(Integer.valueOf(entry.name().substring(0, entry.name().indexOf('_'))));
        }
        for (int steps = random.nextInt(3); steps > 0; steps--) {
          step();
        }
      }
      // The slots of old names can be used again now.
      volume.force();
      found.sort(null);
      return found;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "FAT32", "exFAT"})
  void everyFileIsListedOnce(String type) throws IOException {
    Random random = new Random(Seeds.of("everyFileIsListedOnce " + type));
    List<Integer> all = new ArrayList<>();
    for (int file = 0; file < FILES; file++) {
      all.add(file);
    }
    MemoryDevice disk = new MemoryDevice(TypedVolumes.smallest(type));
    TypedVolumes.format(disk, type);
    try (MountedVolume volume =
        TypedVolumes.driver(type)
            .mount(new CachedDevice(disk, 1 << 16, Duration.ZERO), TypedVolumes.OPTIONS)) {
      Renaming directory = new Renaming(volume, random);
      for (int i = 0; i < LISTINGS; i++) {
        assertEquals(all, directory.list(), "listing " + i);
      }
    }
  }
}
