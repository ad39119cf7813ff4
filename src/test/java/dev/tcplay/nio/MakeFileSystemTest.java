package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.NotAContainerException;
import dev.tcplay.model.VolumeAttributes;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** File systems that are made in what exists. */
class MakeFileSystemTest extends NewContainers {

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
