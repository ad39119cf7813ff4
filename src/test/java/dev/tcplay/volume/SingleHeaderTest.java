package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.model.EncryptedScope;
import dev.tcplay.model.HeaderInfo;
import dev.tcplay.model.HeaderInfo.Copy;
import dev.tcplay.model.Keys;
import dev.tcplay.model.VolumeKeyOptions;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.DelegatingDevice;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Headers without a backup in their volume: changed and restored by one sector, after a copy. */
class SingleHeaderTest extends SingleHeaders {

  private List<Sample> all() throws Exception {
    List<Sample> all = new ArrayList<>(old());
    all.addAll(systems());
    return all;
  }

  private static void with(BlockDevice host, UnlockRequest.Builder builder, StoredHeaders.Work work)
      throws IOException {
    StoredHeaders.with(host, builder, work);
  }

  private static void change(Sample sample, BlockDevice host, Path copy) throws IOException {
    try (Keys to = Keys.of(NEW)) {
      with(
          host,
          sample.by(OLD),
          store -> store.reseal(to, Optional.empty(), Optional.ofNullable(copy), advice -> {}));
    }
  }

  @Test
  void newKeysOpenTheHeaderAndOldKeysItsCopy() throws Exception {
    for (Sample sample : all()) {
      Path copy = folder.resolve("copy of " + sample);
      byte[] data = plaintext(sample, sample.image(), sample.by(OLD));
      try (BlockDevice host = StoredHeaders.device(sample.image())) {
        change(sample, host, copy);
        byte[] after = StoredHeaders.bytes(host);
        assertOnlyOneSectorDiffers(sample, after);
        assertArrayEquals(data, plaintext(sample, after, sample.by(NEW)), sample::name);
        assertEquals(null, plaintext(sample, after, sample.by(OLD)), sample::name);
        assertArrayEquals(
            data, plaintext(sample, after, sample.by(OLD).headerFile(copy)), sample::name);
        byte[] saved = Files.readAllBytes(copy);
        assertEquals(sample.system() ? 512 : 1024, saved.length);
        int in = sample.hidden() ? 512 : 0;
        assertArrayEquals(
            Arrays.copyOfRange(sample.image(), sample.place(), sample.place() + 512),
            Arrays.copyOfRange(saved, in, in + 512));
        with(host, sample.by(NEW), store -> assertInfo(sample, store.headerInfo()));
      }
    }
  }

  private static void assertInfo(Sample sample, HeaderInfo info) {
    assertEquals(Copy.OPENED, info.header());
    assertEquals(Copy.NONE, info.backup());
    String kind = sample.system() ? "system" : sample.hidden() ? "hidden" : "normal";
    assertEquals(kind, info.volume().kind());
    assertEquals(sample.system(), info.volume().scope().isPresent());
  }

  @Test
  void withoutACopyNothingIsWritten() throws Exception {
    for (Sample sample : all()) {
      try (BlockDevice host = StoredHeaders.device(sample.image())) {
        FileSystemException refused =
            assertThrows(FileSystemException.class, () -> change(sample, host, null));
        assertTrue(refused.getReason().contains("--header-backup FILE"), refused::getReason);
        Path there = Files.writeString(folder.resolve("there"), "precious");
        assertThrows(FileAlreadyExistsException.class, () -> change(sample, host, there));
        assertEquals("precious", Files.readString(there));
        assertArrayEquals(sample.image(), StoredHeaders.bytes(host));
      }
    }
  }

  @Test
  void whereverTheOneWriteIsCutTheCopyMendsIt() throws Exception {
    int torn = 0;
    for (Sample sample : all()) {
      Path copy = folder.resolve("copy of " + sample);
      byte[] data = plaintext(sample, sample.image(), sample.by(OLD));
      int subsets = sample.system() ? 2 : 8; // their keys take longer
      try (UnforcedDevice host =
          new UnforcedDevice(
              StoredHeaders.device(sample.image()), Seeds.of("SingleHeaderTest"), subsets)) {
        change(sample, host, copy);
        assertEquals(subsets + 1, host.moments().size(), "one write and one flush");
        for (byte[] image : host.moments()) {
          boolean opens =
              plaintext(sample, image, sample.by(OLD)) != null
                  || plaintext(sample, image, sample.by(NEW)) != null;
          torn += opens ? 0 : 1;
          try (BlockDevice mended = StoredHeaders.device(image)) {
            with(mended, sample.by(OLD).headerFile(copy), HeaderStore::restore);
            assertArrayEquals(data, plaintext(sample, StoredHeaders.bytes(mended), sample.by(OLD)));
            assertOnlyOneSectorDiffers(sample, StoredHeaders.bytes(mended));
          }
        }
      }
    }
    assertTrue(torn > 0, "no cut left half a header, so the test shows nothing");
  }

  /** The copy is whole before the first write, and named where that fails. */
  @Test
  void aStorageThatLiesEndsTheWorkAndTheCopyIsNamed() throws Exception {
    for (Sample sample : all()) {
      Path copy = folder.resolve("copy of " + sample);
      byte[] data = plaintext(sample, sample.image(), sample.by(OLD));
      List<Long> sizes = new ArrayList<>();
      try (BlockDevice host =
          new DelegatingDevice(StoredHeaders.device(sample.image())) {
            @Override
            public void write(long position, byte[] source, int offset, int length)
                throws IOException {
              sizes.add(Files.size(copy));
              byte[] other = Arrays.copyOfRange(source, offset, offset + length);
              other[300] ^= 1;
              super.write(position, other, 0, length);
            }
          }) {
        FileSystemException failure =
            assertThrows(FileSystemException.class, () -> change(sample, host, copy));
        assertTrue(failure.getReason().contains(" may be lost; its copy in " + copy));
        assertTrue(failure.getReason().contains("header restore --from"), failure::getReason);
        assertEquals(List.of(sample.system() ? 512L : 1024L), sizes);
        byte[] after = StoredHeaders.bytes(host);
        assertEquals(null, plaintext(sample, after, sample.by(NEW)));
        assertArrayEquals(data, plaintext(sample, after, sample.by(OLD).headerFile(copy)));
      }
    }
  }

  @Test
  void headersAreCopiedAsTheyStand() throws Exception {
    for (Sample sample : all()) {
      Path copy = folder.resolve("copy of " + sample);
      try (BlockDevice host = StoredHeaders.device(sample.image())) {
        with(host, sample.by(OLD), store -> store.backUp(copy, false));
      }
      byte[] image = sample.image();
      byte[] expected = Arrays.copyOfRange(image, sample.place(), sample.place() + 512);
      if (!sample.system()) {
        expected = Arrays.copyOf(image, 1024);
        System.arraycopy(image, image.length - 1536, expected, 512, 512);
      }
      assertArrayEquals(expected, Files.readAllBytes(copy), sample::name);
    }
  }

  @Test
  void theFormatStays() throws Exception {
    for (Sample sample : all()) {
      String other = sample.name().contains("VERACRYPT") ? "TrueCrypt" : "VeraCrypt";
      Path copy = folder.resolve("copy");
      try (BlockDevice host = StoredHeaders.device(sample.image());
          Keys same = Keys.builder().build()) {
        IllegalArgumentException refused = refused(host, sample, same, Optional.of(other), copy);
        assertTrue(refused.getMessage().startsWith("format: expected "), refused::getMessage);
        assertArrayEquals(sample.image(), StoredHeaders.bytes(host));
        assertFalse(Files.exists(copy));
      }
    }
  }

  /** Tries new keys and a new format, and returns why they are refused. */
  private static IllegalArgumentException refused(
      BlockDevice host, Sample sample, Keys keys, Optional<String> format, Path copy) {
    return assertThrows(
        IllegalArgumentException.class,
        () ->
            with(
                host,
                sample.by(OLD),
                store -> store.reseal(keys, format, Optional.of(copy), advice -> {})));
  }

  @Test
  void aSystemDriveTakesOnlyWhatItsLoaderReads() throws Exception {
    Sample sample = systems().get(1);
    Path copy = folder.resolve("copy");
    try (BlockDevice host = StoredHeaders.device(sample.image())) {
      for (Keys.Builder wrong :
          List.of(
              Keys.builder().password(NEW).hash("sha512"),
              Keys.builder().password("x".repeat(65)),
              Keys.builder().password("gr\u00fcn"),
              Keys.builder().password(NEW).keyfile(new byte[] {1}),
              Keys.builder().password(NEW).pim(65_536))) {
        refused(host, sample, wrong.build(), Optional.empty(), copy);
        assertFalse(Files.exists(copy));
      }
      assertArrayEquals(sample.image(), StoredHeaders.bytes(host));
      Keys.Builder pim = Keys.builder().password("x".repeat(64)).pim(3);
      with(
          host,
          sample.by(OLD),
          store -> store.reseal(pim.build(), Optional.empty(), Optional.of(copy), advice -> {}));
      UnlockRequest.Builder now =
          UnlockRequest.builder().keys(sample.builder("x".repeat(64)).pim(3).build()).system(true);
      with(
          host,
          now,
          store -> assertEquals(3 * 2048, store.info().encryption().orElseThrow().iterations()));
    }
  }

  /** Of a host that is long enough for backups. */
  @Test
  void aBackupThatIsNotThereIsNoWrongPassword() throws Exception {
    for (CipherMode mode : List.of(CipherMode.CBC, CipherMode.LRW, CipherMode.XTS)) {
      Path file = folder.resolve(mode.id());
      new VolumeBuilder()
          .format(VolumeFormat.TRUECRYPT)
          .headerVersion(mode == CipherMode.XTS ? 3 : 2)
          .mode(mode)
          .password(OLD)
          .size(1 << 19)
          .create(file);
      UnlockRequest.Builder by =
          UnlockRequest.builder().password(OLD).format("TrueCrypt").backupHeader(true);
      try (BlockDevice host = StoredHeaders.device(Files.readAllBytes(file))) {
        FileSystemException none =
            assertThrows(FileSystemException.class, () -> with(host, by, HeaderStore::restore));
        assertTrue(none.getMessage().contains("has no backup header"), none::getMessage);
        assertThrows(
            WrongPasswordException.class,
            () -> with(host, by.password("wrong"), HeaderStore::restore));
      }
    }
  }

  @Test
  void theMasterKeyOfASystemDriveDecryptsItsScope() throws Exception {
    for (Sample sample : systems()) {
      byte[] data = plaintext(sample, sample.image(), sample.by(OLD));
      try (BlockDevice host = StoredHeaders.device(sample.image());
          UnlockRequest request = sample.by(OLD).build();
          VolumeKey key = VolumeKey.read(host, "disk", request)) {
        assertEquals("system", key.info().kind());
        EncryptedScope scope = key.info().scope().orElseThrow();
        Path file = Files.write(folder.resolve("key of " + sample), key.bytes());
        VolumeKeyOptions place =
            new VolumeKeyOptions(
                file, OptionalLong.of(scope.start()), OptionalLong.of(scope.length()));
        BlockDevice same = StoredHeaders.device(sample.image());
        try (BlockDevice opened =
            new HeaderlessVolume(place, "AES", Optional.empty(), false).open(same).plaintext()) {
          byte[] first = new byte[data.length];
          opened.read(0, first, 0, first.length);
          // The first sector of what seems to be NTFS passes as it is in the drive.
          assertEquals(-1, Arrays.mismatch(first, 512, data.length, data, 512, data.length));
        }
      }
    }
  }
}
