package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers that we write, read by cryptsetup, with the hashes that every build of it has. */
class CryptsetupTest {

  private static final String PASSWORD = "correct horse battery";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"sha512", "sha256", "whirlpool", "ripemd160"})
  void aVeraCryptHeaderAndItsBackupAreRead(String hash) throws Exception {
    Path file = create(VolumeFormat.VERACRYPT, hash, 1);
    String options = "--veracrypt --veracrypt-pim 1";
    assertFacts("VERACRYPT", "1.b", hash, dump(options, hash, file));
    assertFacts("VERACRYPT", "1.b", hash, dump(options + " --tcrypt-backup", hash, file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha512", "whirlpool", "ripemd160"})
  void aTrueCryptHeaderAndItsBackupAreRead(String hash) throws Exception {
    Path file = create(VolumeFormat.TRUECRYPT, hash, 0);
    String options = "--disable-veracrypt";
    assertFacts("TCRYPT", "7.0", hash, dump(options, hash, file));
    assertFacts("TCRYPT", "7.0", hash, dump(options + " --tcrypt-backup", hash, file));
  }

  @ParameterizedTest
  @CsvSource({"3, 5.0, 512", "4, 6.0, 131072"})
  void anOlderTrueCryptHeaderIsRead(int version, String program, int offset) throws Exception {
    Path file = folder.resolve("older");
    new VolumeBuilder()
        .format(VolumeFormat.TRUECRYPT)
        .headerVersion(version)
        .password(PASSWORD)
        .create(file);
    String facts = dump("--disable-veracrypt", "sha512", file).replaceAll("[ \t]+", " ");
    assertTrue(facts.contains("\nVersion: %d\n".formatted(version)), facts);
    assertTrue(facts.contains("\nDriver req.: %s\n".formatted(program)), facts);
    assertTrue(facts.contains("\nMK offset: %d\n".formatted(offset)), facts);
  }

  private static void assertFacts(String type, String program, String hash, String output) {
    String facts = output.strip().replaceAll("[ \t]+", " ").replaceFirst(" for .*", "");
    assertEquals(
        """
        %s header information
        Version: 5
        Driver req.: %s
        Sector size: 512
        MK offset: 131072
        PBKDF2 hash: %s
        Cipher chain: aes
        Cipher mode: xts-plain64
        MK bits: 512"""
            .formatted(type, program, hash),
        facts);
  }

  private Path create(VolumeFormat format, String hash, int pim) throws IOException {
    Path file = folder.resolve(format.displayName());
    VolumeBuilder builder = new VolumeBuilder();
    builder.format(format).hash(hash).pim(pim).password(GenuineVolumes.bytes(PASSWORD));
    builder.size(VolumeSizes.MIN_SIZE).create(file);
    return file;
  }

  private static String dump(String options, String hash, Path file) throws Exception {
    Judge.run("cryptsetup", "--version"); // skips the test where there is none
    String command =
        "printf '%%s' '%s' | cryptsetup tcryptDump -q -c aes -h %s %s '%s'"
            .formatted(PASSWORD, hash, options, file);
    Judge.Verdict verdict = Judge.run("sh", "-c", command);
    assertEquals(0, verdict.status(), verdict.output());
    return verdict.output();
  }
}
