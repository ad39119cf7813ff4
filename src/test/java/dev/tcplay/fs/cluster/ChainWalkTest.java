package dev.tcplay.fs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainWalkTest {

  /** A chain over the middle and the end of all numbers, with what its last cluster leads to. */
  @ParameterizedTest
  @CsvSource({
    "-1,false,true",
    "-2,true,false",
    "-3,true,false",
    "1,true,true",
    "2147483650,true,true"
  })
  void itEndsWhereTheChainDoes(long next, boolean damaged, boolean isLastThere) throws IOException {
    long last = Links.MOST + 1;
    Links links = new Links().put((1L << 31) + 3, last - 1).put(last, next);
    ChainWalk walk = new ChainWalk(links, (1L << 31) - 2);
    List<Extent> all = new ArrayList<>();
    while (!walk.isAtEnd()) {
      all.addAll(walk.next());
    }
    assertEquals(damaged, walk.isDamaged());
    assertEquals(
        List.of(new Extent((1L << 31) - 2, 6), new Extent(last - 1, isLastThere ? 2 : 1)), all);
  }

  @ParameterizedTest
  @CsvSource({"0,false", "1,true", "4294967287,true"})
  void whatIsNoClusterHasNoChain(long first, boolean damaged) throws IOException {
    ChainWalk walk = new ChainWalk(new Links(), first);
    List<Extent> none = walk.isAtEnd() ? List.of() : walk.next();
    assertTrue(walk.isAtEnd());
    assertEquals(List.of(), none);
    assertEquals(damaged, walk.isDamaged());
  }
}
