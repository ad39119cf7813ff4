package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Attributes and labels that are set when a file is made and later. */
class AttributeChangesTest extends ChangedVolume {

  @Test
  void filesAreMadeWithDosAttributesAndNoOthers() throws IOException {
    for (FileAttribute<?> refused :
        new FileAttribute<?>[] {
          attribute("posix:permissions", Set.of()),
          attribute("basic:lastModifiedTime", WHEN),
          attribute("dos:size", 1),
          attribute("hidden", true)
        }) {
      assertThrows(
          UnsupportedOperationException.class,
          () -> Files.createFile(fresh, attribute("dos:hidden", true), refused));
      assertThrows(
          UnsupportedOperationException.class, () -> Files.createDirectory(fresh, refused));
      assertFalse(Files.exists(fresh));
    }
    assertThrows(
        ClassCastException.class, () -> Files.createFile(fresh, attribute("dos:hidden", "yes")));
    assertFalse(Files.exists(fresh));
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            fresh,
            Set.of(CREATE_NEW, WRITE),
            attribute("dos:readonly", true),
            attribute("dos:hidden", true),
            attribute("dos:system", true),
            attribute("dos:archive", false))) {
      assertTrue(channel.isOpen());
    }
    DosFileAttributes attributes = Files.readAttributes(fresh, DosFileAttributes.class);
    assertTrue(attributes.isReadOnly() && attributes.isHidden() && attributes.isSystem());
    assertFalse(attributes.isArchive());
    Path directory = fileSystem.getPath("/dir");
    Files.createDirectory(directory, attribute("dos:hidden", true));
    assertTrue(Files.isHidden(directory));
  }

  @Test
  void aNewFileHasItsAttributesFromTheFirstMomentOrIsNotMade() throws IOException {
    failAt("change");
    Files.createFile(fresh, attribute("dos:hidden", true));
    assertTrue(Files.isHidden(fresh));
    Path other = fileSystem.getPath("/other");
    failAt("create");
    assertThrows(IOException.class, () -> Files.createFile(other, attribute("dos:hidden", true)));
    assertFalse(Files.exists(other));
  }

  private void failAt(String wanted) {
    volume.hook(
        operation -> {
          if (operation.equals(wanted)) {
            throw new IOException("broken");
          }
        });
  }

  @Test
  void attributesAreSetByNameAndByView() throws IOException {
    Files.createFile(file);
    Files.setLastModifiedTime(file, WHEN);
    Files.setAttribute(file, "basic:creationTime", FileTime.fromMillis(2000));
    Files.setAttribute(file, "dos:lastAccessTime", FileTime.fromMillis(4000));
    Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(null, null, null);
    for (String name : List.of("readonly", "hidden", "system", "archive")) {
      Files.setAttribute(file, "dos:" + name, true);
      assertEquals(true, Files.getAttribute(file, "dos:" + name));
      Files.setAttribute(file, "dos:" + name, false);
      assertEquals(false, Files.getAttribute(file, "dos:" + name));
    }
    DosFileAttributeView view = Files.getFileAttributeView(file, DosFileAttributeView.class);
    view.setArchive(true);
    view.setHidden(true);
    view.setSystem(true);
    view.setReadOnly(true);
    DosFileAttributes attributes = view.readAttributes();
    assertTrue(attributes.isArchive() && attributes.isHidden());
    assertTrue(attributes.isSystem() && attributes.isReadOnly());
    assertEquals(WHEN, attributes.lastModifiedTime());
    assertEquals(FileTime.fromMillis(2000), attributes.creationTime());
    assertEquals(FileTime.fromMillis(4000), attributes.lastAccessTime());
    for (String name :
        List.of("size", "dos:isDirectory", "basic:hidden", "tcplay:serial", "tcplay:nope", "x")) {
      assertThrows(IllegalArgumentException.class, () -> Files.setAttribute(file, name, 1L), name);
    }
    assertThrows(
        UnsupportedOperationException.class, () -> Files.setAttribute(file, "posix:group", null));
    assertThrows(ClassCastException.class, () -> Files.setAttribute(file, "lastModifiedTime", 1L));
    assertThrows(ClassCastException.class, () -> Files.setAttribute(file, "dos:hidden", 1));
    assertThrows(NullPointerException.class, () -> Files.setAttribute(file, "dos:hidden", null));
    NoSuchFileException missing =
        assertThrows(
            NoSuchFileException.class, () -> Files.setAttribute(fresh, "dos:hidden", true));
    assertEquals("fresh", missing.getFile());
  }

  @Test
  void theLabelIsSetAndRemoved() throws IOException {
    Path root = fileSystem.getPath("/");
    Files.setAttribute(root, "tcplay:label", "NAME");
    assertEquals("NAME", Files.getAttribute(root, "tcplay:label"));
    assertEquals("NAME", Files.getFileStore(root).name());
    assertThrows(
        IllegalArgumentException.class,
        () -> Files.setAttribute(root, "tcplay:label", "LONGER THAN ELEVEN"));
    Files.setAttribute(root, "tcplay:label", "");
    assertEquals("", Files.getFileStore(root).name());
  }
}
