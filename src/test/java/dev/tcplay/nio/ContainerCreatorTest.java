package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.ContainerCreator;
import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.block.host.HostInUseException;
import dev.tcplay.model.MissingCredentialsException;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.NotAContainerException;
import dev.tcplay.model.VolumeAttributes;
import dev.tcplay.model.VolumeChannel;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers that are made in one call, and file systems that are made in what exists. */
class ContainerCreatorTest {

  private static final String PASSWORD = "correct horse battery";
  private static final int HEADERS = 262_144;

  @TempDir private Path folder;

  private ContainerCreator creator(Path container, long size) {
    return Tcplay.create(container).size(size).password(PASSWORD).pim(1);
  }

  private static ContainerOpener opener(Path container) {
    return Tcplay.open(container).password(PASSWORD).pim(1).hash("sha512").cipher("AES");
  }

  private static VolumeAttributes facts(ContainerOpener opener) throws IOException {
    try (FileSystem volume = opener.mount()) {
      try (Stream<Path> entries = Files.list(volume.getPath("/"))) {
        assertEquals(List.of(), entries.toList());
      }
      return Files.readAttributes(volume.getPath("/"), VolumeAttributes.class);
    }
  }

  private Path export(ContainerOpener opener) throws IOException {
    Path image = folder.resolve("volume.img");
    try (VolumeChannel volume = opener.channel();
        InputStream bytes = Channels.newInputStream(volume)) {
      Files.copy(bytes, image, StandardCopyOption.REPLACE_EXISTING);
    }
    return image;
  }

  private static void assertSound(Path image, String type) throws Exception {
    Judge.Verdict fsck = Judge.run("fsck.fat", "-n", image.toString());
    assertEquals(0, fsck.status(), fsck.output());
    Judge.Verdict minfo = Judge.run("minfo", "-i", image.toString());
    assertEquals(0, minfo.status(), minfo.output());
    Judge.Verdict fsstat = Judge.run("fsstat", image.toString());
    assertTrue(fsstat.output().contains("File System Type: " + type), fsstat.output());
  }

  private List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

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

  /** A setting that cannot be, each named by what is said of it. */
  @Test
  void whatCannotBeIsRefusedAndLeavesNothingBehind() throws IOException {
    Path container = folder.resolve("new.hc");
    List<Consumer<ContainerCreator>> wrong =
        List.of(
            c -> c.size(0),
            c -> c.size(299_007),
            c -> c.size(1L << 51),
            c -> c.label("longer than eleven"),
            c -> c.label("日本"),
            c -> c.label("日本").codePage(StandardCharsets.US_ASCII),
            c -> c.type("fat32"),
            c -> c.type("ntfs"),
            c -> c.filesystem("ntfs"),
            c -> c.hash("md5"),
            c -> c.cipher("rot13"),
            c -> c.pim(-1),
            c -> c.format("plain"),
            c -> c.format("TrueCrypt"),
            c -> c.password("x".repeat(129)),
            c -> c.password(""),
            c -> c.keyfile(new byte[0]),
            c -> c.size(3L << 40));
    for (Consumer<ContainerCreator> change : wrong) {
      ContainerCreator creator = creator(container, 299_008);
      change.accept(creator);
      assertThrows(IllegalArgumentException.class, creator::create);
      assertEquals(List.of(), names(folder));
    }
  }

  @Test
  void aFailureWhileWritingLeavesNothingBehind() throws IOException {
    Path container = folder.resolve("new.hc");
    ContainerCreator creator =
        creator(container, 1 << 20)
            .progress(
                (written, total) -> {
                  if (written == total) {
                    throw new UncheckedIOException(new IOException("no more"));
                  }
                });
    assertThrows(UncheckedIOException.class, creator::create);
    assertEquals(List.of(), names(folder));
  }

  @Test
  void withoutSecretsNothingIsMade() throws IOException {
    Path container = folder.resolve("new.hc");
    assertThrows(
        MissingCredentialsException.class, () -> Tcplay.create(container).size(299_008).create());
    assertEquals(List.of(), names(folder));
  }

  @Test
  void whatExistsIsKeptUnlessItIsToBeReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "kept");
    assertThrows(FileAlreadyExistsException.class, () -> creator(file, 299_008).create());
    assertEquals("kept", Files.readString(file));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    creator(link, 299_008).replaceExisting(true).create();
    assertTrue(Files.isSymbolicLink(link));
    facts(opener(file));
    Path directory = Files.createDirectory(folder.resolve("directory"));
    assertThrows(
        FileSystemException.class,
        () -> creator(directory, 299_008).replaceExisting(true).create());
    assertTrue(Files.isDirectory(directory));
    Path nowhere = folder.resolve("missing/new.hc");
    NoSuchFileException e =
        assertThrows(NoSuchFileException.class, () -> creator(nowhere, 299_008).create());
    assertEquals(folder.resolve("missing").toString(), e.getFile());
  }

  @Test
  void aContainerThatIsOpenIsNeitherReplacedNorFormatted() throws IOException {
    Path container = folder.resolve("new.hc");
    creator(container, 299_008).create();
    byte[] before = Files.readAllBytes(container);
    try (FileSystem reader = opener(container).readOnly(true).mount()) {
      assertTrue(reader.isOpen());
      assertThrows(
          HostInUseException.class,
          () -> creator(container, 299_008).replaceExisting(true).create());
      assertThrows(
          HostInUseException.class, () -> opener(container).makeFileSystem(new NewFileSystem()));
    }
    assertArrayEquals(before, Files.readAllBytes(container));
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

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "fat16", "Fat32"})
  void aFileSystemIsMadeInAnExistingContainer(String type) throws Exception {
    Path container = folder.resolve("new.hc");
    creator(container, 64 << 20).quick(true).create();
    byte[] headers = Arrays.copyOf(Files.readAllBytes(container), HEADERS / 2);
    opener(container).makeFileSystem(new NewFileSystem().withType(type).withLabel("No 1"));
    VolumeAttributes facts = facts(opener(container));
    assertTrue(facts.fileSystem().equalsIgnoreCase(type));
    assertEquals(Optional.of("NO 1"), facts.label());
    assertSound(export(opener(container)), facts.fileSystem());
    assertArrayEquals(headers, Arrays.copyOf(Files.readAllBytes(container), HEADERS / 2));
  }

  @Test
  void aBareImageIsFormattedFromItsFirstByte() throws Exception {
    Path image = Files.write(folder.resolve("bare.img"), new byte[4 << 20]);
    ContainerOpener opener = Tcplay.open(image).format("plain");
    opener.makeFileSystem(new NewFileSystem().withLabel("Bare"));
    assertSound(image, "FAT12");
    // The same letter has different bytes in the two, and none that fsck.fat takes.
    for (String codePage : List.of("IBM437", "IBM850")) {
      opener.codePage(Charset.forName(codePage));
      opener.makeFileSystem(new NewFileSystem().withLabel("\u00a5"));
      assertEquals(Optional.of("\u00a5"), facts(opener).label());
    }
  }

  @Test
  void whatCannotBeFormattedIsNotTouched() throws IOException {
    Path container = folder.resolve("new.hc");
    creator(container, 299_008).create();
    byte[] before = Files.readAllBytes(container);
    NewFileSystem any = new NewFileSystem();
    assertThrows(
        IllegalArgumentException.class,
        () -> opener(container).makeFileSystem(any.withType("fat32")));
    assertThrows(
        IllegalArgumentException.class, () -> opener(container).makeFileSystem(any.withLabel("*")));
    assertThrows(
        IllegalArgumentException.class,
        () -> opener(container).overlayInMemory().makeFileSystem(any));
    assertThrows(
        AccessDeniedException.class, () -> opener(container).readOnly(true).makeFileSystem(any));
    assertThrows(
        WrongPasswordException.class,
        () -> opener(container).password("wrong").makeFileSystem(any));
    assertThrows(NotAContainerException.class, () -> opener(folder).makeFileSystem(any));
    Path missing = folder.resolve("missing");
    assertThrows(NoSuchFileException.class, () -> opener(missing).makeFileSystem(any));
    assertFalse(Files.exists(missing));
    assertArrayEquals(before, Files.readAllBytes(container));
  }
}
