package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.BouncyCastleHmac;
import dev.tcplay.crypto.kernel.Prf;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One output block of PBKDF2, 10,000 iterations, by the chosen kernel, by the portable one, and by
 * Bouncy Castle's own generator, as its users call it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Pbkdf2Benchmark {

  private static final String GENERATOR = "generator";
  private static final int ITERATIONS = 10_000;

  @Param({"SHA512", "SHA256", "WHIRLPOOL", "STREEBOG", "BLAKE2S", "RIPEMD160"})
  public Prf prf = Prf.SHA512;

  @Param({"auto", "portable", GENERATOR})
  public String kernel = "";

  private final byte[] output = new byte[KeyDerivation.MAX_BYTES];

  @Benchmark
  public byte[] oneBlock() throws InterruptedException, InsufficientMemoryException {
    if (kernel.equals(GENERATOR)) {
      return generated();
    }
    System.setProperty("tcplay.kernel", kernel);
    try (KeyDerivation derivation =
        KeyDerivation.pbkdf2(prf, new byte[20], new byte[64], ITERATIONS)) {
      derivation.derive(1, output, 0);
    }
    return output;
  }

  private byte[] generated() {
    PKCS5S2ParametersGenerator generator =
        new PKCS5S2ParametersGenerator(BouncyCastleHmac.digest(prf));
    generator.init(new byte[20], new byte[64], ITERATIONS);
    return ((KeyParameter) generator.generateDerivedParameters(8 * prf.digestBytes())).getKey();
  }
}
