package dev.tcplay.block.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {

  /** In MiB: the smallest heaps, a sixteenth, the knee, what a machine of 24 GiB gets, a 128th. */
  @ParameterizedTest
  @CsvSource({"16,4", "64,4", "128,8", "512,32", "4096,32", "6144,48", "65536,512"})
  void growsWithTheHeap(long heap, long budget) {
    assertEquals(budget << 20, Budget.bytes(heap << 20));
  }

  @ParameterizedTest
  @CsvSource({"500,1", "67108864,134217"})
  void ofALayerOfAStackIsAFiveHundredthOfTheHeap(long heap, long bytes) {
    assertEquals(bytes, Budget.stackedBytes(heap));
  }

  /** Bytes, and how many buffers of how many bytes a pool of buffers of 8 to 64 bytes has. */
  @ParameterizedTest
  @CsvSource({"0,2,8", "16,2,8", "63,3,16", "127,3,32", "128,2,64", "191,2,64", "999,10,64"})
  void aPoolFitsIntoItsBytesOrHasTwoOfTheSmallest(long bytes, int buffers, int size) {
    BufferPool pool = BufferPool.within(bytes, 10, 64, 8);
    assertEquals(size, pool.bufferSize());
    assertEquals(buffers, pool.buffers());
  }
}
