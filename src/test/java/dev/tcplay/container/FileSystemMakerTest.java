package dev.tcplay.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.ParsedOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which driver makes a file system, by its type, its size and the option. */
class FileSystemMakerTest {

  private static final long MOST_FAT_BYTES = 0xFFFF_FFFFL * 512;

  private static String made(Map<String, ?> env, NewFileSystem wanted, long size)
      throws IOException {
    try (ParsedOptions options = ContainerOptions.parse(env);
        MemoryDevice device = new MemoryDevice(size)) {
      FileSystemMaker.of(options, wanted).format(device);
      byte[] boot = new byte[512];
      device.read(0, boot, 0, boot.length);
      return new String(boot, 3, 8, StandardCharsets.US_ASCII).trim();
    }
  }

  @Test
  void whatNobodyNamesIsFatUpToItsLimitAndExFatAbove() throws IOException {
    assertEquals("MSDOS5.0", made(Map.of(), new NewFileSystem(), 1 << 20));
    assertEquals("MSDOS5.0", made(Map.of(), new NewFileSystem(), MOST_FAT_BYTES));
    assertEquals("EXFAT", made(Map.of(), new NewFileSystem(), MOST_FAT_BYTES + 512));
  }

  @Test
  void aTypeOrADriverThatIsNamedIsMade() throws IOException {
    NewFileSystem any = new NewFileSystem();
    Map<String, ?> exfat = Map.of(ContainerOptions.FILESYSTEM, "exfat");
    assertEquals("EXFAT", made(Map.of(), any.withType("exFAT"), 1 << 20));
    assertEquals("EXFAT", made(exfat, any, 1 << 20));
    assertEquals("EXFAT", made(exfat, any.withType("EXFAT"), 1 << 20));
    assertEquals("MSDOS5.0", made(Map.of(), any.withType("fat"), 1 << 20));
    assertEquals("MSDOS5.0", made(Map.of(), any.withType("FAT32"), 1 << 27));
    assertEquals("", made(Map.of(), any.withType("raw"), 1 << 20));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    NewFileSystem any = new NewFileSystem();
    Map<String, ?> exfat = Map.of(ContainerOptions.FILESYSTEM, "exfat");
    Map<String, ?> fat = Map.of(ContainerOptions.FILESYSTEM, "fat");
    assertRefused("too many for FAT", fat, any, MOST_FAT_BYTES + 512);
    assertRefused("too many for FAT", Map.of(), any.withType("FAT32"), MOST_FAT_BYTES + 512);
    assertRefused(
        "exFAT needs a volume of at least 1048576 bytes; this one has 1048064",
        exfat,
        any,
        (1 << 20) - 512);
    assertRefused(
        "not a type of FAT: exfat, as FAT12, FAT16 and FAT32 are",
        fat,
        any.withType("exfat"),
        1 << 20);
    assertRefused("not a type of exFAT: FAT32", exfat, any.withType("FAT32"), 1 << 27);
  }

  @Test
  void theLeastSizeThatIsToldIsTheLeastThatSuits() throws IOException {
    for (String type : List.of("FAT12", "FAT16", "FAT32", "exFAT")) {
      NewFileSystem wanted = new NewFileSystem().withType(type);
      String message =
          assertThrows(IllegalArgumentException.class, () -> made(Map.of(), wanted, 512))
              .getMessage();
      Matcher told =
          Pattern.compile(type + " needs a volume of at least (\\d+) bytes; this one has 512")
              .matcher(message);
      assertTrue(told.matches(), message);
      long least = Long.parseLong(told.group(1));
      made(Map.of(), wanted, least);
      assertThrows(IllegalArgumentException.class, () -> made(Map.of(), wanted, least - 512));
    }
  }

  private static void assertRefused(
      String reason, Map<String, ?> env, NewFileSystem wanted, long size) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> made(env, wanted, size)).getMessage();
    assertEquals(reason, message.substring(Math.max(0, message.length() - reason.length())));
  }
}
