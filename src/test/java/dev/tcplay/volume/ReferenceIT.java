package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tcplay.Tcplay;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.Keys;
import dev.tcplay.model.VolumeChannel;
import dev.tcplay.testing.GenuineImages;
import dev.tcplay.testing.Seeds;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Volumes of each chain and of each function that VeraCrypt has, those among them that neither
 * cryptsetup nor Linux knows, are opened by the reference: as they are made, and after their keys
 * were changed, their header was restored and the container grew. Volumes that VeraCrypt made prove
 * the reference. {@code -Dtcplay.peers=all} takes each chain, and each function twice.
 */
@Execution(ExecutionMode.CONCURRENT)
class ReferenceIT {

  private static final boolean ALL = System.getProperty("tcplay.peers", "").equals("all");

  @TempDir private Path folder;
  private final Random random = new Random(Seeds.of("ReferenceIT"));
  private final byte[] contents = new byte[10_000];

  @TestFactory
  Stream<DynamicTest> whatWeMakeAndChangeIsOpened() {
    List<PeerVolume> volumes = new ArrayList<>();
    for (CipherChain chain : HeaderFamily.VERACRYPT.chains(CipherMode.XTS)) {
      volumes.add(volume(volumes.size(), chain.veraCryptName(), "sha256", false));
    }
    for (Prf prf : HeaderFamily.VERACRYPT.costs().prfs()) {
      volumes.add(volume(volumes.size(), "AES", prf.id(), false));
      volumes.add(volume(volumes.size(), "Kuznyechik-Serpent-Camellia", prf.id(), true));
    }
    return volumes.stream()
        .filter(volume -> ALL || isSample(volumes.indexOf(volume)))
        .map(volume -> dynamicTest(volume.toString(), () -> check(volume)));
  }

  /** One chain in three, and each function once. */
  private static boolean isSample(int number) {
    int chains = HeaderFamily.VERACRYPT.chains(CipherMode.XTS).size();
    return number < chains
        ? number % 3 == 0
        : (number - chains) % 4 == 0 || (number - chains) % 4 == 3;
  }

  private PeerVolume volume(int number, String chain, String hash, boolean hidden) {
    Path file = folder.resolve("volume" + number);
    return new PeerVolume(file, "VeraCrypt", chain, hash, 1, "password " + number, "", hidden);
  }

  private void check(PeerVolume volume) throws Exception {
    random.nextBytes(contents);
    volume.create(volume.hidden() ? 65_536 : HiddenVolumes.MIN_WITHOUT);
    volume.write("/ours.bin", contents);
    assertOpens(volume);
    String hash =
        switch (volume.hash()) {
          case "argon2id" -> "streebog";
          case "streebog" -> "argon2id";
          case "sha256" -> "blake2s";
          default -> "sha256";
        };
    Path copy = folder.resolve("changed " + volume.file().getFileName());
    PeerVolume changed = volume.changed(copy, "VeraCrypt", hash);
    assertOpens(changed);
    assertEquals(volume.sum(), changed.sum());
    try (Keys keys = volume.hidden() ? volume.outerKeys() : changed.keys()) {
      PeerVolume.expand(copy, "VeraCrypt", keys, 1 << 18);
    }
    assertOpens(changed);
  }

  /** The reference finds by the header and by its backup what we find. */
  private void assertOpens(PeerVolume volume) throws Exception {
    byte[] host = Files.readAllBytes(volume.file());
    byte[] input;
    try (Secrets secrets = Secrets.of(volume.keys())) {
      input = secrets.derivationInput(VolumeFormat.VERACRYPT);
    }
    Reference reference = new Reference(volume.hash(), volume.pim(), volume.chain());
    int slot = volume.hidden() ? TrueCryptLayout.SLOT : 0;
    byte[] data = reference.open(host, slot, input);
    assertArrayEquals(
        data, reference.open(host, host.length - TrueCryptLayout.SLOTS + slot, input));
    assertEquals(volume.sum(), PeerVolume.sha256(new ByteArrayInputStream(data)));
  }

  /** Those with a PIM of 1, which are quick. */
  @TestFactory
  Stream<DynamicTest> whatVeraCryptMadeIsOpened() {
    Path images = GenuineImages.folder("veracrypt");
    List<Map<String, String>> rows =
        GenuineImages.table(images.resolve("manifest.tsv")).stream()
            .filter(row -> row.get("pim").equals("1") && row.get("keyfiles").equals("0"))
            .filter(row -> row.get("fs").startsWith("FAT"))
            .toList();
    assertTrue(rows.size() >= 5, rows::toString);
    return rows.stream()
        .map(
            row ->
                dynamicTest(
                    row.get("encryption") + " " + row.get("hash"),
                    () -> checkGenuine(images.resolve(row.get("file")), row)));
  }

  private static void checkGenuine(Path file, Map<String, String> row) throws Exception {
    boolean hidden = row.get("kind").equals("hidden");
    String hash = row.get("hash").toLowerCase(Locale.ROOT).replace("-", "");
    byte[] password = GenuineVolumes.bytes(row.get("password"));
    int slot = hidden ? TrueCryptLayout.SLOT : 0;
    byte[] data =
        new Reference(hash, 1, row.get("encryption"))
            .open(Files.readAllBytes(file), slot, password);
    try (VolumeChannel ours =
        Tcplay.open(file).password(password).pim(1).hash(hash).hidden(hidden).channel()) {
      assertEquals(
          PeerVolume.sha256(Channels.newInputStream(ours)),
          PeerVolume.sha256(new ByteArrayInputStream(data)));
    }
  }
}
