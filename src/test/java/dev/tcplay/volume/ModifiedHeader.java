package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.model.Keys;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.function.Consumer;

/** Changes the header of a volume under its own password, for tests of any package. */
public final class ModifiedHeader {

  private static final int MINIMUM_PROGRAM_VERSION = 70;

  private ModifiedHeader() {}

  /**
   * Returns a volume with the plaintext of its normal header changed, its CRCs left as they were.
   *
   * @param image the whole volume; not changed
   * @param keys what opens it
   */
  public static byte[] of(byte[] image, Keys keys, Consumer<ByteBuffer> change) throws Exception {
    byte[] result = image.clone();
    try (BlockDevice host = new MemoryDevice(image.length);
        UnlockRequest request = UnlockRequest.builder().keys(keys).hidden(false).build()) {
      host.write(0, image, 0, image.length);
      try (UnlockedHeader header = Unlocker.unlock(host, "host", request)) {
        byte[] plaintext = header.plaintext().clone();
        change.accept(ByteBuffer.wrap(plaintext));
        HeaderSealer sealer =
            new HeaderSealer(
                header.kdf(), header.suite(), TrueCryptHeader.SALT_BYTES, new SecureRandom());
        byte[] password = request.secrets().derivationInput(header.format());
        byte[] sealed = sealer.seal(plaintext, password);
        System.arraycopy(sealed, 0, result, 0, sealed.length);
      }
    }
    return result;
  }

  /** Does as tcplay 3.3 does, which writes another program version and leaves the CRC. */
  public static byte[] asTcplayDoes(byte[] image, Keys keys) throws Exception {
    return of(image, keys, header -> header.putShort(MINIMUM_PROGRAM_VERSION, (short) 0x0108));
  }
}
