package dev.tcplay.mapper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceMapperTest {

  private static final String KEY =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

  private static Table table(String text) throws IOException {
    return Table.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static DeviceMapper mapper() {
    return new DeviceMapper((name, readOnly) -> new MemoryDevice(1 << 20));
  }

  private static void create(DeviceMapper mapper, String name, String text) throws IOException {
    try (Table table = table(text)) {
      mapper.create(name, table);
    }
  }

  /** The sums are those of what Linux 6.1 reads, 4 KiB around unit 2^32 of a device of zeros. */
  @ParameterizedTest
  @CsvSource({
    "aes-cbc-plain, 948b8ed9bc685d0e2a768a3bac1b77a665b4486b2e5958499a85a358dcfa7a86",
    "aes-cbc-plain64, d299a7f64236694e1f78ed1f030ec6d37cb497de05136bbeb237b13c1bc9d278",
    "aes-cbc-essiv:sha256, e35b8442f9e9d555ca338fff1afe1ae6c1eeee7c378720db2ef64cb7254969c0",
    "twofish-cbc-essiv:sha256, 8721d6f3fd8468e17e6d9dc95f31c4d38b709d9c5f741e608e649d26e8658ba6",
    "aes-xts-plain, 8e26289e7d8ef3a4552866301ad5bb5b73518ed77df15900e3d2f3dcae6a5e42",
    "capi:cbc(aes)-plain64, d299a7f64236694e1f78ed1f030ec6d37cb497de05136bbeb237b13c1bc9d278",
    "cast5-cbc-essiv:md5, 952dbaf63baf933b2f054032977711739bb1e2bae61c95bccd586a4e1e683801",
    "serpent-cbc-plain64, 2da3f62b9633d8ffeb6d2e990d9b93a9c17b94c3a81da258be5139e1c2a303d9",
    "camellia-cbc-plain64, a7b17893c5d016d7f02be0b28cf97e7a54d526c7c82164a6aebdce4549fbe2a7"
  })
  void decryptsAsLinuxDoes(String cipher, String sum) throws Exception {
    String key = cipher.startsWith("cast5") ? KEY.substring(0, 32) : KEY;
    if (cipher.contains("xts")) {
      key += "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f";
    }
    try (DeviceMapper mapper = mapper()) {
      create(mapper, "y", "0 8 crypt " + cipher + " " + key + " 4294967293 zeros 0");
      try (BlockDevice device = mapper.open("y")) {
        byte[] plain = new byte[4096];
        device.read(0, plain, 0, 4096);
        assertEquals(
            sum, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(plain)));
        byte[] changed = plain.clone();
        changed[777] ^= 1;
        device.write(0, changed, 0, 4096);
        device.read(0, plain, 0, 4096);
        assertArrayEquals(changed, plain);
      }
    }
  }

  @Test
  void masksTheKeyUnlessAsked() throws IOException {
    String text = "0 8 crypt aes-cbc-plain64 " + KEY + " 3 /dev/x 4 1 allow_discards\n";
    try (Table table = table(text)) {
      assertEquals(text.replace(KEY, "0".repeat(64)), table.toString());
      assertEquals(text, new String(table.print(true), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 8 zero | start of a target is 1",
        "0 0 zero | length of the target at 0",
        "0 8 nothing | type of target is unknown: nothing",
        "0 8 linear /dev/x | offset is missing",
        "0 8 linear /dev/x 1 2 | one parameter too many: 2",
        "0 8 crypt aes-xts-plain64 00 0 x 0 | key has 1 bytes",
        "0 8 crypt aes-xts-plain64 :32:logon:x 0 x 0 | keyring",
        "0 8 crypt aes-cbc-lmk 00 0 x 0 | mode 'cbc-lmk'",
        "0 8 crypt aes-cbc-essiv:sha1 00 0 x 0 | makes a key of 20 bytes",
        "0 9 striped 2 1 a 0 b 0 | length is not divided",
        "0 8 snapshot a b P 8 | persistent must be N"
      })
  void refusesATableAndNamesTheField(String text, String part) {
    MalformedTableException e =
        assertThrows(MalformedTableException.class, () -> table(text).close());
    assertTrue(String.valueOf(e.getMessage()).contains(part), e::toString);
  }

  @Test
  void writesWaitWhileADeviceIsSuspendedAndGoToTheNewTable() throws Exception {
    try (DeviceMapper mapper = mapper()) {
      create(mapper, "d", "0 8 linear a 0");
      try (BlockDevice device = mapper.open("d");
          Table other = table("0 8 linear a 16")) {
        device.write(0, new byte[] {1}, 0, 1);
        mapper.suspend("d");
        CompletableFuture<Void> write =
            CompletableFuture.runAsync(
                () -> {
                  try {
                    device.write(0, new byte[] {2}, 0, 1);
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                });
        mapper.load("d", other, false);
        assertTrue(mapper.info("d").inactiveTable());
        assertFalse(write.isDone());
        mapper.resume("d");
        write.get(60, TimeUnit.SECONDS);
        assertEquals(2, mapper.info("d").eventNumber());
        try (Table back = table("0 8 linear a 0")) {
          mapper.load("d", back, false);
        }
        mapper.resume("d");
        byte[] read = new byte[1];
        device.read(0, read, 0, 1);
        assertEquals(1, read[0]);
      }
    }
  }

  @Test
  void removesUpperDevicesFirstAndLeavesWhatIsOpen() throws IOException {
    try (DeviceMapper mapper = mapper()) {
      create(mapper, "low", "0 16 zero");
      create(mapper, "middle", "0 16 linear /dev/mapper/low 0");
      create(mapper, "top", "0 8 linear /dev/mapper/middle 0");
      create(mapper, "other", "0 8 zero");
      assertThrows(DeviceBusyException.class, () -> mapper.remove("low"));
      mapper.rename("middle", "centre");
      assertEquals(List.of("/dev/mapper/centre"), mapper.dependencies("top"));
      try (Table loop = table("0 16 linear /dev/mapper/top 0")) {
        assertThrows(IOException.class, () -> mapper.load("low", loop, false));
      }
      try (BlockDevice open = mapper.open("centre")) {
        assertEquals(List.of("centre", "low"), mapper.removeAll());
        // What stood below the failing device is let go, and removed.
        assertEquals(List.of("centre"), mapper.removeAll(Removal.FORCE));
        assertThrows(IOException.class, () -> open.read(0, new byte[1], 0, 1));
        mapper.remove("centre", Removal.DEFERRED);
      }
      assertEquals(List.of(), mapper.list());
    }
  }

  private static void send(DeviceMapper mapper, String message) throws IOException {
    mapper.message("d", 0, message.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aMessageOfTooManyWordsChangesNothing() throws IOException {
    try (DeviceMapper mapper = mapper()) {
      String text = "0 8 crypt aes-cbc-plain64 " + KEY + " 0 zeros 0\n";
      create(mapper, "d", text);
      BlockDevice open = mapper.open("d");
      mapper.suspend("d");
      String other = "key set " + "0f".repeat(32);
      for (String message : List.of("key wipe x", other + " x")) {
        IOException e = assertThrows(IOException.class, () -> send(mapper, message));
        assertTrue(String.valueOf(e.getMessage()).endsWith("takes no more words"), e::toString);
        try (Table live = mapper.table("d").orElseThrow()) {
          assertEquals(text, new String(live.print(true), StandardCharsets.UTF_8));
        }
      }
      mapper.resume("d");

      mapper.remove("d", Removal.DEFERRED);
      assertThrows(IOException.class, () -> send(mapper, "@cancel_deferred_remove x"));
      assertTrue(mapper.info("d").deferredRemove());
      send(mapper, "@cancel_deferred_remove");
      assertFalse(mapper.info("d").deferredRemove());
      open.close();
      assertTrue(mapper.info("d").exists());
    }
  }

  @Test
  void aFailedCreationLeavesNothing() throws IOException {
    try (DeviceMapper mapper = mapper()) {
      assertThrows(
          IOException.class, () -> create(mapper, "d", "0 8 linear a 0\n8 8 linear a 99999\n"));
      assertFalse(mapper.info("d").exists());
      assertEquals(List.of(), mapper.list());
    }
  }
}
