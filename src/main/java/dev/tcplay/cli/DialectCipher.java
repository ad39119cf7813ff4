package dev.tcplay.cli;

import dev.tcplay.cli.dialect.AlgorithmNames;
import java.io.IOException;
import java.util.List;

/**
 * How a volume is encrypted, as tcplay(8) tells it: it knows eight chains, in XTS mode.
 *
 * @param chain the name of the chain
 * @param bits of its keys
 */
record DialectCipher(String chain, int bits) {

  /**
   * Finds the name of a chain.
   *
   * @param volume what messages call the volume
   * @param cipher the chain as VeraCrypt calls it
   * @param other the command that tells of the volume all the same
   * @throws IOException if tcplay has no name for it
   */
  static DialectCipher of(String volume, String cipher, String mode, String other)
      throws IOException {
    String chain =
        AlgorithmNames.chain(cipher, mode)
            .orElseThrow(
                () ->
                    new IOException(
                        "%s is encrypted by %s in mode %s, for which tcplay has no name; tcplay %s tells of it"
                            .formatted(volume, cipher, mode, other)));
    return new DialectCipher(chain, AlgorithmNames.keyBits(cipher));
  }

  List<String> lines() {
    return List.of("Cipher:\t\t\t" + chain, "Key Length:\t\t" + bits + " bits");
  }
}
