package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.model.Keys;
import dev.tcplay.model.VolumeChannel;
import dev.tcplay.testing.GenuineImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To the sector, what is protected in containers of TrueCrypt's generations. */
class ProtectedRangeTest {

  private static final int SECTOR = 512;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tc_2-ripemd160-cbc-aes-hidden",
        "tc_2-ripemd160-lrw-aes-hidden",
        "tc_3-sha512-xts-aes-hidden",
        "tc_4-sha512-xts-aes-hidden",
        "tc_5-sha512-xts-serpent-twofish-aes-hidden"
      })
  void writesUpToTheRangePassAndThoseThatTouchItAreRefusedWhole(String image) throws IOException {
    Path genuine = GenuineImages.folder("truecrypt").resolve(image);
    Map<String, String> outer = row(image, "normal");
    Map<String, String> inner = row(image, "hidden");
    long base = Long.parseLong(outer.get("data_offset"));
    long start = Long.parseLong(inner.get("data_offset")) - base;
    long length = Long.parseLong(inner.get("data_len"));
    // Up to version 3 the hidden header stands behind the data.
    boolean old = Integer.parseInt(inner.get("hdr_version")) < 4;
    long end = start + length + (old ? SECTOR : 0);
    for (long[] allowed : new long[][] {{start - SECTOR, SECTOR}, {end, SECTOR}}) {
      Path copy = Files.copy(genuine, folder.resolve("allowed" + allowed[0]));
      try (VolumeChannel volume = opener(copy, outer, inner).channel(READ, WRITE)) {
        write(volume, allowed[0], (int) allowed[1]);
      }
      assertArrayEquals(filled((int) allowed[1]), read(copy, outer, allowed[0], (int) allowed[1]));
    }
    long[][] forbidden = {
      {start - SECTOR, 2 * SECTOR}, {start + length - SECTOR, SECTOR}, {end - 1, SECTOR},
      {0, (int) (start + 1)}, {start, SECTOR}, {end - SECTOR, 2 * SECTOR}
    };
    for (int i = 0; i < forbidden.length; i++) {
      Path copy = Files.copy(genuine, folder.resolve("forbidden" + i));
      long place = forbidden[i][0];
      int bytes = (int) forbidden[i][1];
      try (VolumeChannel volume = opener(copy, outer, inner).channel(READ, WRITE)) {
        assertEquals(2L * SECTOR, write(volume, SECTOR, 2 * SECTOR));
        byte[] before = read(volume, 0, (int) volume.size());
        FileSystemException e =
            assertThrows(FileSystemException.class, () -> write(volume, place, bytes));
        assertEquals(true, e.getReason().contains("refused, to protect"), e.getReason());
        assertThrows(FileSystemException.class, () -> write(volume, 0, 1));
        assertArrayEquals(before, read(volume, 0, before.length));
      }
      assertArrayEquals(filled(2 * SECTOR), read(copy, outer, SECTOR, 2 * SECTOR));
      byte[] changed = Files.readAllBytes(copy);
      byte[] was = Files.readAllBytes(genuine);
      System.arraycopy(was, (int) base + SECTOR, changed, (int) base + SECTOR, 2 * SECTOR);
      assertArrayEquals(was, changed, "nothing else is written");
    }
  }

  private static ContainerOpener opener(
      Path container, Map<String, String> outer, Map<String, String> inner) {
    Keys hidden = Keys.builder().password(inner.get("password")).hash(inner.get("prf")).build();
    return plain(container, outer).protectHidden(hidden);
  }

  private static ContainerOpener plain(Path container, Map<String, String> outer) {
    return Tcplay.open(container)
        .password(outer.get("password"))
        .hash(outer.get("prf"))
        .format("TrueCrypt");
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0x5A);
    return bytes;
  }

  private static long write(VolumeChannel volume, long place, int length) throws IOException {
    return volume.position(place).write(ByteBuffer.wrap(filled(length)));
  }

  private static byte[] read(VolumeChannel volume, long place, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    volume.position(place);
    while (bytes.hasRemaining() && volume.read(bytes) >= 0) {}
    return bytes.array();
  }

  private static byte[] read(Path copy, Map<String, String> outer, long place, int length)
      throws IOException {
    try (VolumeChannel volume = plain(copy, outer).hidden(false).channel()) {
      return read(volume, place, length);
    }
  }

  private static Map<String, String> row(String image, String kind) {
    return GenuineImages.table(GenuineImages.folder("truecrypt").resolve("images.tsv")).stream()
        .filter(row -> row.get("image").equals(image) && row.get("kind").equals(kind))
        .findFirst()
        .orElseThrow();
  }
}
