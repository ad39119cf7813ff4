package dev.tcplay.volume;

import dev.tcplay.Tcplay;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.Keys;
import dev.tcplay.model.NewFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * Makes hidden volumes of the newest header version, with an empty file system, in containers that
 * exist: the one place where tests get them from.
 */
public final class HiddenVolumes {

  /** The smallest container that has room for one, in bytes. */
  public static final int MIN_HOST = 348_160;

  private static final int SMALL = 2 << 20;
  private static final int SMALL_RESERVE = 4096;
  private static final int RESERVE = 131_072;

  private HiddenVolumes() {}

  /**
   * Makes a hidden volume at the end of the data area, as VeraCrypt does.
   *
   * @param format TrueCrypt or VeraCrypt, that of the container
   * @param keys its own: password or keyfiles, hash, cipher, PIM
   * @param size of the volume and what is left behind it, in bytes
   */
  public static void create(
      Path container, String format, Keys keys, long size, SecureRandom random) throws IOException {
    try (BlockDevice host = FileDevice.open(container, HostOpen.writing())) {
      put(host, VolumeFormat.parse(format), keys, size, random);
    }
    Tcplay.open(container)
        .format(format)
        .keys(keys)
        .hidden(true)
        .makeFileSystem(new NewFileSystem());
  }

  private static void put(
      BlockDevice host, VolumeFormat format, Keys keys, long size, SecureRandom random)
      throws IOException {
    HeaderFamily family = NewVolume.family(format, TrueCryptHeader.NEWEST_VERSION);
    CipherSuite suite =
        family.suite(CipherMode.XTS, CipherChain.parse(keys.cipher().orElseThrow()));
    Prf prf = Arguments.parseHash(keys.hash().orElseThrow(), format);
    HeaderKdf kdf = family.costs().kdf(prf, keys.pim().orElse(0));
    long slots = host.size() - TrueCryptLayout.SLOTS;
    long length = size - (size < SMALL ? SMALL_RESERVE : RESERVE);
    VolumeHeader fields =
        new VolumeHeader(
            format,
            TrueCryptHeader.NEWEST_VERSION,
            family.minimumProgramVersion(),
            0,
            0,
            length,
            length,
            slots - size,
            length,
            0,
            512);
    byte[] keyArea = MasterKeys.create(suite, family.codec().keyAreaBytes(), random);
    byte[] plaintext = family.codec().encode(fields, keyArea);
    HeaderSealer sealer = new HeaderSealer(kdf, suite, family.codec().saltBytes(), random);
    try (Secrets secrets = Secrets.of(keys)) {
      List<byte[]> sealed = sealer.seal(2, plaintext, format, secrets, "host");
      host.write(TrueCryptLayout.SLOT, sealed.get(0), 0, sealed.get(0).length);
      host.write(slots + TrueCryptLayout.SLOT, sealed.get(1), 0, sealed.get(1).length);
      host.flush();
    } finally {
      Arrays.fill(keyArea, (byte) 0);
      Arrays.fill(plaintext, (byte) 0);
    }
  }
}
