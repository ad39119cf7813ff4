package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.block.host.HostInUseException;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.KernelLocks;
import dev.tcplay.volume.VolumeBuilder;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the library itself reads of an open container, by another path, drops no lock on it. */
class KeptLocksTest {

  private static final int SIZE = 1_000_448;

  @TempDir private Path folder;

  private Path container;
  private Path copy;
  private Path link;
  private FileSystem volume;

  @BeforeEach
  void open() throws IOException {
    KernelLocks.require();
    container = folder.resolve("container");
    Tcplay.create(container).size(SIZE).password("sesame").pim(1).create();
    copy = Files.copy(container, folder.resolve("copy"));
    link =
        Files.createLink(Files.createDirectory(folder.resolve("links")).resolve("link"), container);
    volume = Tcplay.open(container).password("sesame").pim(1).hash("sha512").mount();
  }

  @AfterEach
  void close() throws IOException {
    if (volume != null) {
      volume.close();
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private void assertKept(Work work) throws IOException {
    // The keeper takes what was lost anew once a second, so that it hides one loss at most.
    for (int i = 0; i < 3; i++) {
      work.run();
      assertTrue(KernelLocks.count(container) > 0, "the lock is gone");
    }
  }

  private ContainerOpener copy() {
    return Tcplay.open(copy).pim(1).hash("sha512").cipher("AES").readOnly(true);
  }

  @Test
  void asAPasswordFile() throws IOException {
    // Noise is a password that is wrong or, mostly, too long.
    assertKept(() -> assertThrows(Exception.class, copy().passwordFile(link)::mount));
  }

  @Test
  void asAKeyfile() throws IOException {
    ContainerOpener one = copy().password("sesame").keyfile(link);
    assertKept(() -> assertThrows(WrongPasswordException.class, one::mount));
    ContainerOpener all = copy().password("sesame").keyfile(link.getParent());
    assertKept(() -> assertThrows(WrongPasswordException.class, all::mount));
  }

  @Test
  void asAHeaderFile() throws IOException {
    assertKept(() -> copy().password("sesame").headerFile(link).mount().close());
  }

  @Test
  void asTheContentsOfANewVolume() throws IOException {
    Path made = folder.resolve("made");
    assertKept(
        () -> {
          VolumeBuilder builder = new VolumeBuilder();
          builder.password(new byte[] {1}).pim(1).contents(link).create(made);
          Files.delete(made);
        });
  }

  @Test
  void asAContainerThatIsOpenAlready() throws IOException {
    assertKept(
        () -> assertThrows(HostInUseException.class, Tcplay.open(link).password("a")::mount));
    assertKept(
        () ->
            assertThrows(
                HostInUseException.class,
                Tcplay.create(link).size(SIZE).password("a").replaceExisting(true)::create));
    assertEquals(SIZE, Files.size(container));
  }
}
