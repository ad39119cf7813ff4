package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sizes as ls -h of the GNU tools prints them, by their numfmt. */
class HumanSizeTest {

  @Test
  void sizesAreThoseOfTheGnuTools() throws Exception {
    List<Long> sizes = new ArrayList<>();
    for (int shift = 0; shift < 60; shift++) {
      long power = 1L << shift;
      sizes.addAll(List.of(power - 1, power, power + 1, power / 10 * 99, power * 5 / 4));
    }
    Random random = new Random(Seeds.of("human sizes"));
    for (int i = 0; i < 500; i++) {
      sizes.add(random.nextLong() >>> (4 + random.nextInt(60)));
    }
    List<String> command = new ArrayList<>(List.of("numfmt", "--to=iec", "--round=up"));
    sizes.removeIf(size -> size < 0 || size >= 1L << 60);
    sizes.forEach(size -> command.add(Long.toString(size)));
    assertEquals(
        Judge.run(command.toArray(String[]::new)).output().lines().toList(),
        sizes.stream().map(HumanSizeOption::human).toList());
  }
}
