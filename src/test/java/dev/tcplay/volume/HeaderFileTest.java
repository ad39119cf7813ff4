package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.NotAContainerException;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes whose headers are lost, opened with headers from elsewhere. */
class HeaderFileTest {

  private static final String NEW = "tc_5-sha512-xts-serpent-twofish-aes-hidden";
  private static final List<String> OLD =
      List.of(
          "tc_2-ripemd160-cbc-aes-hidden",
          "tc_2-ripemd160-lrw-aes-hidden",
          "tc_3-sha512-xts-aes-hidden");

  @TempDir private Path folder;

  @Test
  void bothSlotsInAFileOpenBothVolumes() throws IOException {
    byte[] image = image(NEW);
    Path headers = Files.write(folder.resolve("headers"), Arrays.copyOf(image, 131_072));
    Arrays.fill(image, 0, 131_072, (byte) 0);
    for (String kind : new String[] {"normal", "hidden"}) {
      Map<String, String> row = GenuineVolumes.row(NEW, kind);
      assertThrows(
          WrongPasswordException.class, () -> check(row, image, request(row).backupHeader(false)));
      check(row, image, request(row).headerFile(headers));
      check(row, image, request(row).hidden(kind.equals("hidden")).headerFile(headers));
    }
  }

  @Test
  void theStartOfAWholeVolumeServesAsAFileOfHeaders() throws IOException {
    Map<String, String> row = GenuineVolumes.row(NEW, "hidden");
    check(row, image(NEW), request(row).headerFile(GenuineVolumes.image(row)));
  }

  @Test
  void aBareHeaderOfEitherKindOpensItsVolume() throws IOException {
    byte[] image = image(NEW);
    for (String kind : new String[] {"normal", "hidden"}) {
      Map<String, String> row = GenuineVolumes.row(NEW, kind);
      int at = Integer.parseInt(row.get("hdr_offset"));
      Path header = Files.write(folder.resolve(kind), Arrays.copyOfRange(image, at, at + 512));
      check(row, image, request(row).headerFile(header));
      UnlockRequest.Builder other = request(row).hidden(kind.equals("normal")).headerFile(header);
      assertThrows(CorruptHeaderException.class, () -> check(row, image, other));
    }
  }

  @Test
  void bothHeadersOfTrueCrypt1To5InAFileOpenBothVolumes() throws IOException {
    for (String name : OLD) {
      byte[] image = image(name);
      byte[] both = Arrays.copyOf(image, 1024);
      System.arraycopy(image, image.length - 1536, both, 512, 512);
      BlockDevice headers = new MemoryDevice(1024);
      headers.write(0, both, 0, both.length);
      for (String kind : new String[] {"normal", "hidden"}) {
        Map<String, String> row = GenuineVolumes.row(name, kind);
        check(row, image, request(row).headerFile(headers));
      }
      headers.close();
    }
  }

  @Test
  void aFileOfAnyOtherSizeHoldsNoHeaders() throws IOException {
    Map<String, String> row = GenuineVolumes.row(NEW, "normal");
    byte[] image = image(NEW);
    for (int size : new int[] {0, 511, 513, 2048, 131_071}) {
      Path headers = Files.write(folder.resolve("headers"), new byte[size]);
      NotAContainerException e =
          assertThrows(
              NotAContainerException.class,
              () -> check(row, image, request(row).headerFile(headers)));
      assertEquals(headers.toString(), e.getFile());
    }
  }

  @Test
  void aHiddenVolumeThatWasCutOpensInPart() throws IOException {
    Map<String, String> row = GenuineVolumes.row(NEW, "hidden");
    byte[] half = Arrays.copyOf(image(NEW), 190_000);
    try (BlockDevice host = new MemoryDevice(half.length);
        UnlockRequest request = request(row).build()) {
      host.write(0, half, 0, half.length);
      OpenedVolume volume = Unlocker.open(host, "host", request);
      assertEquals(row.get("sha256_sector0"), GenuineVolumes.sha256(volume.plaintext(), 512));
      assertEquals(13_824, volume.plaintext().size());
      assertTrue(volume.plaintext().isReadOnly());
      assertEquals(
          List.of(
              "the container was cut at 190000 bytes: 23040 of the 36864 bytes of its data area,"
                  + " which begins at 176128, are missing, and its backup headers"),
          volume.warnings());
    }
  }

  private static byte[] image(String name) throws IOException {
    return Files.readAllBytes(GenuineVolumes.image(GenuineVolumes.row(name, "normal")));
  }

  private static UnlockRequest.Builder request(Map<String, String> row) {
    return GenuineVolumes.secrets(row).format("TrueCrypt").hash(row.get("prf"));
  }

  private static void check(Map<String, String> row, byte[] image, UnlockRequest.Builder builder)
      throws IOException {
    try (BlockDevice host = new MemoryDevice(image.length);
        UnlockRequest request = builder.build()) {
      host.write(0, image, 0, image.length);
      OpenedVolume volume = Unlocker.open(host, "host", request);
      VolumeInfo info = volume.info();
      assertEquals(row.get("kind"), info.kind());
      assertEquals(Long.parseLong(row.get("first_unit")), info.firstUnit());
      assertEquals(row.get("sha256_sector0"), GenuineVolumes.sha256(volume.plaintext(), 512));
    }
  }
}
