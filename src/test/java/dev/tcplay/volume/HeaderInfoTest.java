package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.model.HeaderInfo;
import dev.tcplay.model.HeaderInfo.Copy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a header and its backup. */
class HeaderInfoTest extends StoredHeaders {

  private static void assertCopies(
      Copy header, Copy backup, BlockDevice host, UnlockRequest.Builder builder)
      throws IOException {
    with(
        host,
        builder,
        store -> {
          HeaderInfo info = store.headerInfo();
          assertEquals(header, info.header());
          assertEquals(backup, info.backup());
        });
  }

  @Test
  void bothCopiesAreToldOf() throws IOException {
    try (BlockDevice host = device(before)) {
      assertCopies(Copy.OPENED, Copy.EQUAL, host, by(old));
      assertCopies(Copy.EQUAL, Copy.OPENED, host, by(old).backupHeader(true));
      Path headers = folder.resolve("headers");
      with(host, by(old), store -> store.backUp(headers, false));
      assertCopies(Copy.EQUAL, Copy.EQUAL, host, by(old).headerFile(headers));
      host.write(BACKUP, new byte[512], 0, 512);
      assertCopies(Copy.OPENED, Copy.UNKNOWN, host, by(old));
      assertCopies(Copy.EQUAL, Copy.UNKNOWN, host, by(old).headerFile(headers));
    }
  }

  @Test
  void aCopyThatDescribesAnotherVolumeIsDifferent() throws IOException {
    Path other = folder.resolve("other.hc");
    new VolumeBuilder().keys(old).size(SIZE).create(other);
    try (BlockDevice host = device(before);
        FileDevice second = FileDevice.open(other, HostOpen.reading())) {
      byte[] backup = new byte[512];
      second.read(BACKUP, backup, 0, backup.length);
      host.write(BACKUP, backup, 0, backup.length);
      assertCopies(Copy.OPENED, Copy.DIFFERENT, host, by(old));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tc_5-sha512-xts-serpent-twofish-aes-hidden, normal, TrueCrypt",
    "tc_5-sha512-xts-serpent-twofish-aes-hidden, hidden, TrueCrypt",
    "vc_1-sha512-xts-aes, normal, VeraCrypt"
  })
  void bothCopiesInGenuineVolumesAreEqual(String image, String kind, String format)
      throws IOException {
    Map<String, String> row = GenuineVolumes.row(image, kind);
    try (FileDevice host = FileDevice.open(GenuineVolumes.image(row), HostOpen.reading())) {
      UnlockRequest.Builder request = GenuineVolumes.hinted(row).format(format);
      assertCopies(Copy.OPENED, Copy.EQUAL, host, request);
      with(
          host,
          request,
          store -> {
            HeaderInfo info = store.headerInfo();
            assertEquals(format, info.volume().format());
            assertEquals(kind, info.volume().kind());
            assertEquals(5, info.version());
            assertTrue(info.minimumProgramVersion() > 0);
          });
    }
  }
}
