package dev.tcplay.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.crypto.kernel.BlockKernel;
import dev.tcplay.crypto.kernel.BouncyCastleKernel;
import dev.tcplay.crypto.kernel.Kernels;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel of every cipher against published vectors. */
class BlockKernelTest {

  private static final HexFormat HEX = HexFormat.of();

  record Vector(BlockCipher cipher, String source, String key, String plain, String encrypted) {
    @Override
    public String toString() {
      return cipher + ", " + source;
    }
  }

  static List<Vector> vectors() {
    return Vectors.rows("cipher-vectors.tsv").stream()
        .map(row -> new Vector(BlockCipher.valueOf(row[0]), row[1], row[2], row[3], row[4]))
        .toList();
  }

  private static Stream<BlockKernel> kernels(Vector vector) {
    byte[] key = HEX.parseHex(vector.key());
    return Stream.of(
        Kernels.create(vector.cipher(), key, 0), new BouncyCastleKernel(vector.cipher(), key, 0));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void encryptsAsPublished(Vector vector) {
    kernels(vector)
        .forEach(
            kernel -> {
              byte[] result = new byte[vector.cipher().blockBytes()];
              kernel.encrypt(HEX.parseHex(vector.plain()), result, result.length);
              assertEquals(vector.encrypted(), HEX.formatHex(result));
            });
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void decryptsAsPublished(Vector vector) {
    kernels(vector)
        .forEach(
            kernel -> {
              byte[] result = new byte[vector.cipher().blockBytes()];
              kernel.decrypt(HEX.parseHex(vector.encrypted()), result, result.length);
              assertEquals(vector.plain(), HEX.formatHex(result));
            });
  }
}
