package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.testing.Seeds;
import dev.tcplay.volume.VolumeBuilder;
import dev.tcplay.volume.VolumeFormat;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written into mounted volumes of TrueCrypt 1 to 4 is there when they are opened again. */
class OldVolumesTest extends NewContainers {

  private static final int SIZE = 2 << 20;

  static Stream<Arguments> volumes() {
    return Stream.of(
        arguments(1, CipherMode.CBC, "AES"),
        arguments(1, CipherMode.CBC, "Triple DES"),
        arguments(2, CipherMode.CBC, "AES-Twofish-Serpent"),
        arguments(2, CipherMode.CBC, "AES-Blowfish-Serpent"),
        arguments(2, CipherMode.LRW, "AES"),
        arguments(2, CipherMode.LRW, "Serpent-Twofish-AES"),
        arguments(2, CipherMode.LRW, "Blowfish"));
  }

  @ParameterizedTest
  @MethodSource("volumes")
  void filesAreThereAgain(int version, CipherMode mode, String cipher) throws Exception {
    Path container = folder.resolve("old.tc");
    new VolumeBuilder()
        .format(VolumeFormat.TRUECRYPT)
        .headerVersion(version)
        .mode(mode)
        .cipher(cipher)
        .password(PASSWORD)
        .size(SIZE)
        .create(container);
    opener(container, cipher).makeFileSystem(new NewFileSystem());
    Path tree = FatImages.makeTree(folder.resolve("tree"), Seeds.of("filesAreThereAgain"));
    try (FileSystem volume = opener(container, cipher).mount()) {
      copy(tree, volume.getPath("/"));
    }
    try (FileSystem volume = opener(container, cipher).mount()) {
      assertEquals(Trees.hashes(tree), Trees.hashes(volume.getPath("/")));
      Files.delete(volume.getPath("/file 1"));
    }
    Files.delete(tree.resolve("file 1"));
    try (FileSystem volume = opener(container, cipher).mount()) {
      assertEquals(Trees.hashes(tree), Trees.hashes(volume.getPath("/")));
    }
    assertSound(export(opener(container, cipher)), "FAT12");
  }

  private static void copy(Path tree, Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.skip(1).toList()) {
        Files.copy(path, root.resolve(tree.relativize(path).toString()));
      }
    }
  }

  private static ContainerOpener opener(Path container, String cipher) {
    return Tcplay.open(container).password(PASSWORD).hash("ripemd160").cipher(cipher);
  }
}
