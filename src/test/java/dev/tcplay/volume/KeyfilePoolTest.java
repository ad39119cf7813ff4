package dev.tcplay.volume;

import static dev.tcplay.volume.VolumeFormat.VERACRYPT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.model.Keys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How keyfiles become part of a password. */
class KeyfilePoolTest {

  @TempDir private Path folder;

  @Test
  void withoutKeyfilesThePasswordStaysAsItIs() throws IOException {
    assertArrayEquals(new byte[] {1, 2, 3}, input(new byte[] {1, 2, 3}));
  }

  @Test
  void aByteAddsTheFourBytesOfItsCrcRegister() throws IOException {
    // The register after the one byte 0x61: CRC-32("a") is e8b7be43, and the register its inverse.
    byte[] expected = new byte[64];
    expected[0] = (byte) (0x17 + 5);
    expected[1] = 0x48;
    expected[2] = 0x41;
    expected[3] = (byte) 0xbc;
    assertArrayEquals(expected, input(new byte[] {5}, new byte[] {0x61}));
  }

  @Test
  void thePoolHas64BytesAnd128ForALongerPassword() throws IOException {
    byte[] keyfile = random(1, 100);
    assertEquals(64, input(new byte[64], keyfile).length);
    assertEquals(128, input(new byte[65], keyfile).length);
  }

  @Test
  void positionsWrapAroundThePool() throws IOException {
    // 17 bytes move through 68 positions, so that the last byte lands where the first did.
    byte[] seventeen = random(2, 17);
    byte[] sixteen = input(new byte[0], Arrays.copyOf(seventeen, 16));
    byte[] all = input(new byte[0], seventeen);
    assertTrue(Arrays.mismatch(sixteen, all) < 4);
    assertArrayEquals(Arrays.copyOfRange(sixteen, 4, 64), Arrays.copyOfRange(all, 4, 64));
  }

  @Test
  void theOrderOfKeyfilesDoesNotMatterAndTwiceIsNotOnce() throws IOException {
    byte[] one = random(3, 200);
    byte[] two = random(4, 300);
    byte[] password = {9};
    assertArrayEquals(input(password, one, two), input(password, two, one));
    assertFalse(Arrays.equals(input(password, one), input(password, one, one)));
  }

  @Test
  void onlyTheFirstMebibyteCounts() throws IOException {
    byte[] bytes = random(5, (1 << 20) + 1);
    byte[] exact = input(new byte[1], Arrays.copyOf(bytes, 1 << 20));
    byte[] shorter = input(new byte[1], Arrays.copyOf(bytes, (1 << 20) - 1));
    assertArrayEquals(exact, input(new byte[1], bytes));
    assertFalse(Arrays.equals(exact, shorter));
  }

  @Test
  void aDirectoryStandsForItsRegularFilesWithoutDotNames() throws IOException {
    byte[] one = random(6, 64);
    byte[] two = random(7, 64);
    Files.write(folder.resolve("one"), one);
    Files.write(folder.resolve("two"), two);
    Files.write(folder.resolve(".hidden"), random(8, 64));
    Files.createDirectory(folder.resolve("inner"));
    Files.write(folder.resolve("inner").resolve("three"), random(9, 64));
    try (Keys keys = Keys.builder().keyfile(folder).build();
        Secrets secrets = Secrets.of(keys)) {
      assertArrayEquals(input(new byte[0], one, two), secrets.derivationInput(VERACRYPT));
    }
  }

  @Test
  void anEmptyKeyfileOrDirectoryIsAnErrorThatNamesIt() throws IOException {
    Path file = Files.createFile(folder.resolve("empty"));
    assertNames(file, FileSystemException.class);
    assertNames(folder, FileSystemException.class);
    Path directory = Files.createDirectory(folder.resolve("directory"));
    Files.write(directory.resolve(".only"), random(10, 64));
    assertNames(directory, FileSystemException.class);
    assertNames(folder.resolve("absent"), NoSuchFileException.class);
  }

  private static void assertNames(Path keyfile, Class<? extends FileSystemException> kind)
      throws IOException {
    try (Keys keys = Keys.builder().keyfile(keyfile).build();
        Secrets secrets = Secrets.of(keys)) {
      FileSystemException e = assertThrows(kind, () -> secrets.derivationInput(VERACRYPT));
      assertTrue(e.getFile().startsWith(keyfile.toString()), e.getFile());
    }
  }

  @Test
  void closingWipesThePool() throws IOException {
    KeyfilePool pool = new KeyfilePool(new byte[] {1});
    pool.mix(new ByteArrayInputStream(random(11, 50)));
    pool.close();
    assertArrayEquals(new byte[64], pool.toPassword());
  }

  private static byte[] input(byte[] password, byte[]... keyfiles) throws IOException {
    Keys.Builder builder = Keys.builder().password(password);
    Arrays.stream(keyfiles).forEach(builder::keyfile);
    try (Keys keys = builder.build();
        Secrets secrets = Secrets.of(keys)) {
      return secrets.derivationInput(VERACRYPT);
    }
  }

  private static byte[] random(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
