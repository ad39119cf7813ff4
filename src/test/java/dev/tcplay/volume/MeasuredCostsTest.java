package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.Tcplay;
import dev.tcplay.crypto.kernel.Prf;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The benchmark, which knows no volumes, measures what opening a volume costs. */
class MeasuredCostsTest {

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ARGON2ID")
  void theBenchmarkUsesTheIterationsOfAVolumeWithoutPim(Prf prf) throws InterruptedException {
    int measured = Tcplay.diagnostics().measureKdf(prf.id(), Duration.ofMillis(1)).iterations();
    KeyCosts costs =
        KeyCosts.VERACRYPT.prfs().contains(prf) ? KeyCosts.VERACRYPT : KeyCosts.TRUECRYPT_1_TO_4;
    assertEquals(costs.kdf(prf, 0).iterations(), measured);
  }
}
