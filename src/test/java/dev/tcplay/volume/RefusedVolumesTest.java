package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.model.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Volumes that are not made, and what is left then. */
class RefusedVolumesTest extends BuiltVolumes {

  @Test
  void anExistingFileIsRefusedUnlessItIsToBeReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("volume"), "precious");
    VolumeBuilder builder = small();
    assertThrows(FileAlreadyExistsException.class, () -> builder.create(file));
    assertEquals("precious", Files.readString(file));
    builder.replaceExisting(true).create(file);
    open(file, small(UnlockRequest.builder())).plaintext().close();
    assertOnly(file);
  }

  @Test
  void aFailureLeavesNothingBehind() throws IOException {
    Path file = folder.resolve("volume");
    VolumeBuilder builder = small();
    builder.contents(folder.resolve("absent"));
    assertThrows(NoSuchFileException.class, () -> builder.create(file));
    // The host refuses to move the finished volume over a directory.
    Path directory = Files.createDirectory(folder.resolve("directory"));
    Files.createFile(directory.resolve("entry"));
    assertThrows(IOException.class, () -> small().replaceExisting(true).create(directory));
    assertOnly(directory);
  }

  @Test
  void contentsThatGrowMeanwhileAreNotCutOff() throws IOException {
    Path contents = randomFile(36_864);
    Path file = folder.resolve("volume");
    VolumeBuilder builder = small();
    builder.contents(contents).random(new GrowingRandom(contents));
    FileSystemException e = assertThrows(FileSystemException.class, () -> builder.create(file));
    assertEquals(contents.toString(), e.getFile());
    try (Stream<Path> entries = Files.list(folder)) {
      assertEquals(List.of(), entries.toList());
    }
  }

  @Test
  void closedKeysMakeNothing() {
    Path file = folder.resolve("volume");
    Keys keys = Keys.of(PASSWORD);
    VolumeBuilder builder = new VolumeBuilder().keys(keys);
    keys.close();
    assertThrows(IllegalStateException.class, () -> builder.create(file));
    assertFalse(Files.exists(file));
  }

  @Test
  void aRandomSourceWhoseKeysRepeatIsRefused() {
    Path file = folder.resolve("volume");
    VolumeBuilder builder = small();
    builder.random(new ConstantRandom());
    assertThrows(IllegalStateException.class, () -> builder.create(file));
    assertFalse(Files.exists(file));
  }

  @Test
  void impossibleSettingsAreNamed() {
    assertRefused("size", builder -> builder.size(298_496));
    assertRefused("size", builder -> builder.size(299_009));
    assertRefused("size", builder -> builder.size(VolumeSizes.MAX_SIZE + 512));
    assertRefused("hash", builder -> builder.hash("md5"));
    assertRefused("hash", builder -> builder.format(VolumeFormat.TRUECRYPT).hash("blake2s").pim(0));
    assertRefused(
        "hash", builder -> builder.format(VolumeFormat.TRUECRYPT).hash("SHA512-VC").pim(0));
    assertRefused("cipher", builder -> builder.cipher("DES"));
    assertRefused("cipher", builder -> builder.format(VolumeFormat.TRUECRYPT).cipher("Camellia"));
    assertRefused("pim", builder -> builder.pim(-1));
    assertRefused("pim", builder -> builder.pim(2_147_469));
    assertRefused("pim", builder -> builder.format(VolumeFormat.TRUECRYPT).pim(1));
    assertRefused("password", builder -> builder.password(new byte[0]));
    assertRefused("password", builder -> builder.password(new byte[129]));
    assertRefused(
        "password",
        builder -> builder.format(VolumeFormat.TRUECRYPT).pim(0).password(new byte[65]));
    assertRefused("contents", builder -> builder.contents(folder));
    assertRefused("keyfiles", builder -> builder.keyfile(new byte[0]));
  }

  private void assertRefused(String key, UnaryOperator<VolumeBuilder> setting) {
    Path file = folder.resolve("volume");
    VolumeBuilder builder = setting.apply(small());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> builder.create(file));
    assertTrue(e.getMessage().matches("(?s)" + key + "(:| must ).*"), e.getMessage());
    assertFalse(Files.exists(file));
  }

  private void assertOnly(Path expected) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      assertEquals(List.of(expected), entries.toList());
    }
  }

  /** Appends to a file when keys are made. */
  private static final class GrowingRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final transient Path file;

    GrowingRandom(Path file) {
      this.file = file;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      super.nextBytes(bytes);
      try {
        Files.write(file, bytes, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A broken source: every byte is the same. */
  private static final class ConstantRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] bytes) {
      Arrays.fill(bytes, (byte) 7);
    }
  }
}
