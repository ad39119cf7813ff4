package dev.tcplay.block;

import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Numbers of chunks, as pages of bits that are made when first touched: where much of a device was
 * written, about a bit for each chunk. Safe for any number of threads; who goes over all numbers
 * may miss what others add meanwhile.
 */
final class ChunkSet {

  private static final int PAGE_SHIFT = 12;
  private static final int PAGE_BITS = 1 << PAGE_SHIFT;
  private static final int PAGE_WORDS = PAGE_BITS / Long.SIZE;

  private final Map<Long, AtomicLongArray> pages = new ConcurrentHashMap<>();

  boolean contains(long number) {
    AtomicLongArray page = pages.get(number >> PAGE_SHIFT);
    return page != null && has(page, (int) number & (PAGE_BITS - 1));
  }

  void add(long number) {
    pages
        .computeIfAbsent(number >> PAGE_SHIFT, absent -> new AtomicLongArray(PAGE_WORDS))
        .accumulateAndGet(word(number), 1L << number, (old, bit) -> old | bit);
  }

  void clear() {
    pages.clear();
  }

  /** Takes out what is not below a number; while nobody else uses the set. */
  void cut(long end) {
    pages.keySet().removeIf(page -> page << PAGE_SHIFT >= end);
    AtomicLongArray last = pages.get(end >> PAGE_SHIFT);
    if (last != null) {
      last.accumulateAndGet(word(end), (1L << end) - 1, (old, below) -> old & below);
      for (int word = word(end) + 1; word < PAGE_WORDS; word++) {
        last.set(word, 0);
      }
    }
  }

  /** Returns all numbers, in ascending order. */
  LongStream numbers() {
    return pages.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMapToLong(page -> numbers(page.getKey() << PAGE_SHIFT, page.getValue()));
  }

  /** Returns how many parts of so many chunks, aligned at their length, have a number in them. */
  long parts(long chunksEach) {
    long count = 0;
    long last = -1;
    for (PrimitiveIterator.OfLong number = numbers().iterator(); number.hasNext(); ) {
      long part = number.nextLong() / chunksEach;
      count += part == last ? 0 : 1;
      last = part;
    }
    return count;
  }

  private static LongStream numbers(long first, AtomicLongArray page) {
    return IntStream.range(0, PAGE_BITS)
        .filter(bit -> has(page, bit))
        .mapToLong(bit -> first + bit);
  }

  private static boolean has(AtomicLongArray page, int bit) {
    return (page.get(word(bit)) & 1L << bit) != 0;
  }

  private static int word(long number) {
    return (int) (number / Long.SIZE) & (PAGE_WORDS - 1);
  }
}
