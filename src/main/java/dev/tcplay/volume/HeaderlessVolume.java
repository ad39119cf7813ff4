package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.CryptDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.DataUnitCipher;
import dev.tcplay.model.Encryption;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.model.VolumeKeyOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Opens a volume by its master key, whatever its headers are. Nothing proves that the key is right
 * but what is decrypted.
 *
 * @param key the file of the key, and where the data lie
 * @param cipher the chain, with the mode as tcplay writes it, or in the newest mode that has it
 * @param format what the volume is taken for, if anything was said
 * @param isHidden whether it is taken for a hidden one
 */
public record HeaderlessVolume(
    VolumeKeyOptions key, String cipher, Optional<String> format, boolean isHidden) {

  private static final String NO_HASH = "none";

  /**
   * Opens the volume.
   *
   * @param host the container; the volume takes it over, but it stays with the caller when this
   *     method throws
   * @throws IllegalArgumentException if the chain or the place of the data does not fit
   * @throws FileSystemException if the key file is not as long as the chain demands, or a cipher of
   *     the chain is not here
   * @throws IOException if it cannot be read
   */
  public OpenedVolume open(BlockDevice host) throws IOException {
    CipherSuite suite = suite();
    long offset = key.offset().orElse(TrueCryptLayout.SLOTS);
    long length = key.size().orElse(host.size() - TrueCryptLayout.SLOTS - offset);
    checkPlace(offset, length, host.size());
    DataUnitCipher data = read(suite);
    VolumeInfo info = info(suite, offset, length);
    LinearDevice window = new LinearDevice(host, offset, length);
    return new OpenedVolume(
        new CryptDevice(window, data, info.firstUnit()),
        info,
        List.of("opened by a master key: no header says that it is right, or where the data lie"));
  }

  private CipherSuite suite() {
    CipherChain chain = Arguments.parse("cipher", cipher, CipherChain::parse);
    String name = cipher.toLowerCase(Locale.ROOT);
    CipherMode mode =
        CipherMode.all().stream()
            .filter(each -> name.endsWith("-" + each.id()) && each.chains().contains(chain))
            .findFirst()
            .orElseGet(() -> CipherMode.newest(chain));
    Arguments.checkNamedMode(cipher, mode);
    return new CipherSuite(mode, chain);
  }

  private static void checkPlace(long offset, long length, long hostSize) {
    Arguments.demand(
        offset % DataUnitCipher.DATA_UNIT == 0 && length % DataUnitCipher.DATA_UNIT == 0,
        "volumeOffset and volumeSize: expected multiples of " + DataUnitCipher.DATA_UNIT);
    Arguments.demand(
        length > 0 && offset <= hostSize - length,
        "volumeOffset and volumeSize: expected a place inside the %d bytes of the container"
            .formatted(hostSize));
  }

  private DataUnitCipher read(CipherSuite suite) throws IOException {
    Path file = key.file();
    Optional<String> missing = suite.missing();
    if (missing.isPresent()) {
      throw new FileSystemException(file.toString(), null, missing.get());
    }
    byte[] bytes = new byte[suite.keyBytes() + 1];
    try (InputStream stream = FileDevice.newInputStream(file)) {
      int length = stream.readNBytes(bytes, 0, bytes.length);
      if (length != suite.keyBytes()) {
        String found = length < bytes.length ? Integer.toString(length) : "more";
        throw new FileSystemException(
            file.toString(),
            null,
            "a master key of %s has %d bytes; this file has %s"
                .formatted(suite, suite.keyBytes(), found));
      }
      return suite.dataCipher(bytes, 0);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private VolumeInfo info(CipherSuite suite, long offset, long length) {
    CipherMode mode = suite.mode();
    VolumeFormat newest = mode == CipherMode.XTS ? VolumeFormat.VERACRYPT : VolumeFormat.TRUECRYPT;
    return new VolumeInfo(
        format.orElse(newest.displayName()),
        Optional.of(
            new Encryption(NO_HASH, 0, 0, suite.chain().veraCryptName(), mode.id(), mode.tweak())),
        (isHidden ? VolumeKind.HIDDEN : VolumeKind.NORMAL).id(),
        offset,
        length,
        suite.firstUnit(offset),
        DataUnitCipher.DATA_UNIT);
  }
}
