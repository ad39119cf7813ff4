package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.ContainerCreator;
import dev.tcplay.Tcplay;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.VolumeAttributes;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Containers that are made in one call, and what is in them. */
class ContainerCreatorTest extends NewContainers {

  @ParameterizedTest
  @CsvSource({
    "299008,    ,      FAT12",
    "5242880,   FAT12, FAT12",
    "20971520,  ,      FAT16",
    "41943040,  fat32, FAT32"
  })
  void aNewContainerHoldsAnEmptyFileSystem(long size, String type, String made) throws Exception {
    Path container = folder.resolve("new.hc");
    ContainerCreator creator = creator(container, size).label("Letters").quick(true);
    if (type != null) {
      creator.type(type);
    }
    creator.create();
    assertEquals(size, Files.size(container));
    VolumeAttributes facts = facts(opener(container));
    assertEquals(made, facts.fileSystem());
    assertEquals(Optional.of("LETTERS"), facts.label());
    assertEquals("VeraCrypt", facts.volume().format());
    assertEquals("AES", facts.volume().encryption().orElseThrow().cipher());
    assertEquals("sha512", facts.volume().encryption().orElseThrow().prf());
    assertEquals(size - HEADERS, facts.volume().dataLength());
    assertSound(export(opener(container)), made);
    assertSound(export(opener(container).backupHeader(true)), made);
  }

  @Test
  void cryptsetupReadsTheHeader() throws Exception {
    Path container = folder.resolve("new.hc");
    creator(container, 1 << 20).hash("sha256").create();
    Judge.run("cryptsetup", "--version"); // skips the test where there is none
    String command =
        "printf '%%s' '%s' | cryptsetup tcryptDump -q -c aes --veracrypt --veracrypt-pim 1 -h sha256 '%s'"
            .formatted(PASSWORD, container);
    Judge.Verdict verdict = Judge.run("sh", "-c", command);
    assertEquals(0, verdict.status(), verdict.output());
    assertTrue(verdict.output().contains("VERACRYPT"), verdict.output());
  }

  @Test
  void everyKindOfSecretOpensWhatItMade() throws IOException {
    Path container = folder.resolve("new.hc");
    byte[] bytes = PASSWORD.getBytes(StandardCharsets.UTF_8);
    Path file = Files.writeString(folder.resolve("password"), PASSWORD + "\nmore");
    char[] supplied = PASSWORD.toCharArray();
    Supplier<?> supplier = () -> supplied;
    List<Consumer<ContainerCreator>> ways =
        List.of(
            creator -> creator.password(PASSWORD.toCharArray()),
            creator -> creator.password(bytes),
            creator -> creator.password(PASSWORD),
            creator -> creator.password(supplier),
            creator -> creator.passwordFile(file));
    for (Consumer<ContainerCreator> way : ways) {
      ContainerCreator creator = Tcplay.create(container).size(299_008).pim(1);
      way.accept(creator);
      creator.replaceExisting(true).quick(true).create();
      assertEquals("FAT12", facts(opener(container)).fileSystem());
    }
    assertEquals("\0".repeat(supplied.length), new String(supplied));
    assertArrayEquals(PASSWORD.getBytes(StandardCharsets.UTF_8), bytes);
  }

  @Test
  void keyfilesAreNeededToOpenWhatTheyMade() throws IOException {
    Path container = folder.resolve("new.hc");
    Path keyfile = Files.writeString(folder.resolve("key"), "the contents of a key");
    byte[] contents = {1, 2, 3};
    creator(container, 299_008).keyfile(keyfile).keyfile(contents).quick(true).create();
    assertThrows(WrongPasswordException.class, () -> opener(container).mount());
    facts(opener(container).keyfile(keyfile).keyfile(contents));
  }

  @Test
  void trueCryptsFormatIsMadeToo() throws IOException {
    Path container = folder.resolve("new.tc");
    Tcplay.create(container)
        .size(299_008)
        .password(PASSWORD)
        .format("TrueCrypt")
        .hash("ripemd160")
        .create();
    VolumeAttributes facts =
        facts(Tcplay.open(container).password(PASSWORD).format("TrueCrypt").hash("ripemd160"));
    assertEquals("TrueCrypt", facts.volume().format());
    assertEquals("FAT12", facts.fileSystem());
  }

  @Test
  void freeSpaceIsNoiseUnlessQuick() throws IOException {
    Path container = folder.resolve("new.hc");
    for (boolean quick : new boolean[] {false, true}) {
      creator(container, 1 << 20).quick(quick).replaceExisting(true).create();
      byte[] all = Files.readAllBytes(container);
      byte[] last =
          Arrays.copyOfRange(all, all.length - HEADERS / 2 - 512, all.length - HEADERS / 2);
      assertEquals(quick, Arrays.equals(new byte[512], last));
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aContainerIsItsOwnersAloneUntilItTakesOverThePermissionsOfAnother() throws IOException {
    Path container = folder.resolve("new.hc");
    Set<String> unfinished = new HashSet<>();
    ContainerCreator creator =
        creator(container, 299_008)
            .replaceExisting(true)
            .progress(
                (written, total) -> {
                  try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.filter(each -> !each.equals(container)).toList()) {
                      unfinished.add(permissions(file));
                    }
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
    creator.create();
    assertEquals("rw-------", permissions(container));
    Files.setPosixFilePermissions(container, PosixFilePermissions.fromString("rw-r-----"));
    creator.create();
    assertEquals("rw-r-----", permissions(container));
    assertEquals(Set.of("rw-------"), unfinished);
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void rawMakesNoFileSystem() throws IOException {
    Path container = folder.resolve("new.hc");
    creator(container, 299_008).filesystem("raw").create();
    try (FileSystem volume = opener(container).mount()) {
      assertTrue(Files.exists(volume.getPath("/volume.img")));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> creator(folder.resolve("b"), 299_008).filesystem("raw").label("X").create());
  }

  @Test
  void theListenerLearnsOfEveryByte() throws IOException {
    long[] last = new long[2];
    creator(folder.resolve("new.hc"), 1 << 20)
        .progress(
            (written, total) -> {
              assertTrue(written > last[0]);
              last[0] = written;
              last[1] = total;
            })
        .create();
    assertArrayEquals(new long[] {1 << 20, 1 << 20}, last);
  }

  @Test
  void anyProviderMayBeTheHost() throws IOException {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      Path container = memory.getPath("/new.hc");
      creator(container, 1 << 20).create();
      facts(opener(container));
      opener(container).makeFileSystem(new NewFileSystem().withLabel("AGAIN"));
      assertEquals(Optional.of("AGAIN"), facts(opener(container)).label());
      assertEquals(
          List.of("new.hc"),
          names(memory.getPath("/")).stream().filter(n -> !n.equals("work")).toList());
    }
  }
}
