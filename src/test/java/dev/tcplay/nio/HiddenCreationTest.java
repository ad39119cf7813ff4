package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerCreator;
import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.block.host.HostInUseException;
import dev.tcplay.model.CreatedVolume;
import dev.tcplay.model.Keys;
import dev.tcplay.model.MissingCredentialsException;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hidden volumes that are made in containers, and what they leave of those. */
class HiddenCreationTest extends NewContainers {

  private static final int SIZE = 8 << 20;
  private static final String INSIDE = "inside of the battery staple";

  private final Keys outer = Keys.builder().password(PASSWORD).pim(1).hash("sha512").build();

  @AfterEach
  void wipe() {
    outer.close();
  }

  private ContainerCreator hidden(Path container) {
    return Tcplay.create(container).hiddenIn(outer).password(INSIDE).pim(1);
  }

  private static ContainerOpener inside(Path container) {
    return Tcplay.open(container).password(INSIDE).pim(1).hash("sha512").cipher("AES").hidden(true);
  }

  private Path filled(byte[] file) throws IOException {
    Path container = folder.resolve("outer.hc");
    creator(container, SIZE).create();
    try (FileSystem volume = opener(container).mount()) {
      Files.write(volume.getPath("/decoy"), file);
    }
    return container;
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void theLargestHiddenVolumeBeginsBehindTheLastFileOfTheOuterOne() throws Exception {
    byte[] file = random(3 << 20);
    Path container = filled(file);
    Path before = Files.move(export(opener(container)), folder.resolve("before.img"));
    CreatedVolume made = hidden(container).largest().label("secret").create();
    long size = made.hiddenSize().getAsLong();
    assertEquals(OptionalLong.of(size), made.largestHidden());
    assertTrue(size > SIZE - HEADERS - file.length - 200_000, "only " + size);
    // All that the outer file system has in use is as it was.
    Path after = export(opener(container));
    long used = SIZE - HEADERS - size;
    assertTrue(Files.mismatch(before, after) >= used, "changed before " + used);
    assertEquals(0, Judge.run("fsck.fat", "-n", after.toString()).status());
    try (FileSystem volume = opener(container).mount()) {
      assertArrayEquals(file, Files.readAllBytes(volume.getPath("/decoy")));
    }
    // As VeraCrypt's rule has it: what is taken ends at the backup slots, with a reserve inside.
    VolumeInfo info = facts(inside(container)).volume();
    assertEquals(SIZE - HEADERS / 2 - size, info.dataOffset());
    assertEquals(size - 131_072, info.dataLength());
    assertSound(export(inside(container)), "FAT16");
    assertSound(export(inside(container).backupHeader(true)), "FAT16");
    assertThrows(
        IllegalArgumentException.class,
        () -> hidden(container).size(size + 512).replaceExisting(true).create());
  }

  @Test
  void filesOfTheHiddenVolumeSurviveTheOuterOneUnderProtection() throws IOException {
    Path container = filled(random(100_000));
    hidden(container).size(4 << 20).create();
    byte[] secret = random(1 << 20);
    try (FileSystem volume = inside(container).mount()) {
      Files.write(volume.getPath("/secret"), secret);
    }
    try (Keys keys = Keys.builder().password(INSIDE).pim(1).hash("sha512").build();
        FileSystem volume = opener(container).protectHidden(keys).mount()) {
      Files.write(volume.getPath("/more"), random(500_000));
    }
    try (FileSystem volume = inside(container).mount()) {
      assertArrayEquals(secret, Files.readAllBytes(volume.getPath("/secret")));
    }
  }

  @Test
  void cryptsetupFindsBothHeadersOfTheHiddenVolume() throws Exception {
    Path container = filled(random(1000));
    hidden(container).size(1 << 20).create();
    Judge.run("cryptsetup", "--version"); // skips the test where there is none
    for (String place : new String[] {"", "--tcrypt-backup"}) {
      String command =
          "printf '%%s' '%s' | cryptsetup tcryptDump -q -c aes --veracrypt --veracrypt-pim 1 -h sha512 --tcrypt-hidden %s '%s'"
              .formatted(INSIDE, place, container);
      Judge.Verdict verdict = Judge.run("sh", "-c", command);
      assertEquals(0, verdict.status(), verdict.output());
      assertTrue(verdict.output().contains("VERACRYPT"), verdict.output());
    }
  }

  @Test
  void bothAreMadeInOneCallAndOfEitherFormat() throws Exception {
    for (String format : new String[] {"VeraCrypt", "TrueCrypt"}) {
      int pim = format.equals("VeraCrypt") ? 1 : 0;
      try (Keys keys =
          Keys.builder().password(INSIDE).pim(pim).hash("whirlpool").cipher("Serpent").build()) {
        Path container = folder.resolve(format);
        CreatedVolume made =
            Tcplay.create(container)
                .size(SIZE)
                .password(PASSWORD)
                .pim(pim)
                .format(format)
                .withHidden(Long.MAX_VALUE, keys)
                .create();
        assertEquals(made.largestHidden(), made.hiddenSize());
        ContainerOpener outside =
            Tcplay.open(container).password(PASSWORD).pim(pim).format(format).hash("sha512");
        assertSound(export(outside), "FAT16");
        ContainerOpener within = Tcplay.open(container).keys(keys).format(format);
        assertEquals("hidden", facts(within).volume().kind());
        assertSound(export(within), "FAT16");
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Tcplay.create(folder.resolve("x"))
                    .size(SIZE)
                    .password(PASSWORD)
                    .withHidden(made.hiddenSize().getAsLong() + 512, keys)
                    .create());
      }
    }
  }

  @Test
  void whatDoesNotSuitIsRefusedBeforeAnythingIsWritten() throws IOException {
    Path container = filled(random(1000));
    byte[] before = Files.readAllBytes(container);
    try (Keys wrong = Keys.builder().password("wrong").pim(1).hash("sha512").build()) {
      assertThrows(
          WrongPasswordException.class,
          () -> hidden(container).size(1 << 20).hiddenIn(wrong).create());
    }
    IllegalArgumentException same =
        assertThrows(
            IllegalArgumentException.class,
            () -> hidden(container).size(1 << 20).password(PASSWORD).create());
    assertTrue(same.getMessage().contains("another one"), same.getMessage());
    assertThrows(IllegalArgumentException.class, () -> hidden(container).create());
    assertThrows(IllegalArgumentException.class, () -> hidden(container).size(40_448).create());
    assertThrows(IllegalArgumentException.class, () -> hidden(container).size(50_000).create());
    assertThrows(
        MissingCredentialsException.class,
        () -> Tcplay.create(container).hiddenIn(outer).size(1 << 20).create());
    assertThrows(
        NoSuchFileException.class, () -> hidden(folder.resolve("no")).size(1 << 20).create());
    assertThrows(
        IllegalArgumentException.class, () -> hidden(container).largest().resume(true).create());
    try (FileSystem volume = opener(container).mount()) {
      assertTrue(volume.isOpen());
      assertThrows(HostInUseException.class, () -> hidden(container).size(1 << 20).create());
    }
    assertArrayEquals(before, Files.readAllBytes(container));
  }

  @Test
  void aHiddenVolumeThatTheKeysOpenAlreadyIsReplacedOnlyOnDemand() throws IOException {
    Path container = filled(random(1000));
    hidden(container).size(1 << 20).create();
    byte[] before = Files.readAllBytes(container);
    assertThrows(FileAlreadyExistsException.class, () -> hidden(container).size(1 << 20).create());
    assertArrayEquals(before, Files.readAllBytes(container));
    hidden(container).size(2 << 20).replaceExisting(true).create();
    assertEquals((2 << 20) - 131_072, facts(inside(container)).volume().dataLength());
  }

  @Test
  void anOuterVolumeThatNobodyKnowsIsTrustedOnlyOnDemand() throws IOException {
    Path container = folder.resolve("raw.hc");
    creator(container, SIZE).filesystem("raw").create();
    byte[] before = Files.readAllBytes(container);
    FileSystemException e =
        assertThrows(FileSystemException.class, () -> hidden(container).size(1 << 20).create());
    assertTrue(e.getReason().contains("nobody") || e.getReason().contains("no driver"));
    assertThrows(
        FileSystemException.class, () -> hidden(container).largest().trustSize(true).create());
    assertArrayEquals(before, Files.readAllBytes(container));
    CreatedVolume made = hidden(container).size(1 << 20).trustSize(true).create();
    assertEquals(OptionalLong.empty(), made.largestHidden());
    facts(inside(container));
  }

  @Test
  void weaknessesAreTold() throws IOException {
    Path container = folder.resolve("outer.hc");
    List<String> advice = new ArrayList<>();
    creator(container, SIZE).quick(true).advice(advice::add).create();
    assertEquals(2, advice.size(), advice::toString);
    assertTrue(
        advice.get(0).contains("by PIM 1 a guess at the password costs 3 %"), advice::toString);
    assertTrue(advice.get(1).contains("not filled with noise"), advice::toString);
    advice.clear();
    hidden(container).size(1 << 20).password("short").advice(advice::add).create();
    assertTrue(advice.get(0).contains("the outer volume is not filled"), advice::toString);
    assertTrue(advice.get(1).contains("fewer than 20 characters"), advice::toString);
    advice.clear();
    Tcplay.create(folder.resolve("strong"))
        .size(1 << 20)
        .password("twenty characters of a password")
        .advice(advice::add)
        .create();
    assertEquals(List.of(), advice);
  }
}
