package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.model.Keys;
import dev.tcplay.model.MissingCredentialsException;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.VolumeAttributes;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a container opens whose hidden volume is protected, and what is done to it as a whole. */
class ProtectedOpeningTest extends HiddenContainer {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theRangeIsThatOfEitherHeader(boolean backup) throws IOException {
    ContainerOpener opener = outer().protectHidden(hidden).backupHeader(backup).readOnly(true);
    try (FileSystem volume = opener.mount()) {
      Path root = volume.getPath("/");
      VolumeInfo info = Files.readAttributes(root, VolumeAttributes.class).volume();
      assertEquals("normal", info.kind());
      assertEquals(range, info.protectedRange().orElseThrow());
      assertEquals(range.start(), Files.getAttribute(root, "tcplay:protectedStart"));
      assertEquals(range.length(), Files.getAttribute(root, "tcplay:protectedLength"));
    }
  }

  @Test
  void keysThatDoNotFitAreRefusedAlsoToReaders() {
    for (boolean readOnly : new boolean[] {false, true}) {
      try (Keys wrong = Keys.builder().password("wrong").pim(1).hash("sha512").build();
          Keys none = Keys.builder().pim(1).build()) {
        WrongPasswordException e =
            assertThrows(
                WrongPasswordException.class,
                outer().protectHidden(wrong).readOnly(readOnly)::mount);
        assertTrue(e.getReason().startsWith("the hidden volume"), e.getReason());
        MissingCredentialsException missing =
            assertThrows(
                MissingCredentialsException.class,
                outer().protectHidden(none).readOnly(readOnly)::mount);
        assertTrue(missing.isOfOther());
      }
      WrongPasswordException same =
          assertThrows(
              WrongPasswordException.class,
              Tcplay.open(container).keys(hidden).protectHidden(hidden).readOnly(readOnly)::open);
      assertTrue(same.getReason().contains("open the hidden one"), same.getReason());
    }
  }

  @Test
  void aFormatLeavesTheHiddenVolumeIntact() throws IOException {
    outer().protectHidden(hidden).makeFileSystem(new NewFileSystem().withLabel("EMPTY"));
    assertHiddenIntact();
    try (FileSystem volume = outer().readOnly(true).mount();
        Stream<Path> files = Files.list(volume.getPath("/"))) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void rawVolumesTurnReadOnlyToo() throws IOException {
    try (FileSystem volume = outer().protectHidden(hidden).filesystem("raw").mount()) {
      Path file = volume.getPath("/volume.img");
      assertFalse(volume.isReadOnly());
      try (var channel = Files.newByteChannel(file, READ, WRITE)) {
        channel.position(range.start() - HEADERS);
        FileSystemException refused =
            assertThrows(
                FileSystemException.class, () -> channel.write(ByteBuffer.wrap(new byte[1])));
        assertEquals("/volume.img", refused.getFile());
      }
      assertTrue(volume.isReadOnly());
      assertThrows(
          FileSystemException.class,
          () -> Files.newByteChannel(file, WRITE).write(ByteBuffer.wrap(new byte[1])));
      assertTrue(Files.size(file) > 0);
    }
    assertArrayEquals(before, Files.readAllBytes(container));
  }
}
