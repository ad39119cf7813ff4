package dev.tcplay.volume;

import dev.tcplay.crypto.InsufficientMemoryException;
import dev.tcplay.crypto.KeyDerivation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A trial under way. It goes in steps: the blocks that the next candidates need are derived, by any
 * threads in any order; then these are tried. Confined to the thread that searches, but for the
 * blocks, each of which is written by one thread before that is told of it.
 */
final class TrialRun implements AutoCloseable {

  /**
   * A block to derive.
   *
   * @param run whose key it belongs to
   * @param index its number in that key, from 0
   */
  record Block(TrialRun run, int index) {

    /** Earlier stages first, in a stage short keys first, then as planned. */
    static final Comparator<Block> ORDER =
        Comparator.<Block>comparingInt(block -> block.run.stage)
            .thenComparingInt(block -> block.run.wantedBytes())
            .thenComparingInt(block -> block.run.place)
            .thenComparingInt(Block::index);

    /** Derives the block into its place in the key. */
    void derive(BlockDeriver deriver) throws InterruptedException, InsufficientMemoryException {
      HeaderKdf kdf = run.trial.kdf();
      deriver.derive(
          run.trial.format(), kdf, run.trial.salt(), index, run.key, index * kdf.blockBytes());
    }
  }

  /**
   * In which order the candidates of runs are tried: the usual ones first; in a stage all first
   * ones, then the second.
   */
  static final Comparator<TrialRun> ORDER =
      Comparator.comparing(TrialRun::rarity)
          .thenComparingInt(run -> run.stage)
          .thenComparingInt(TrialRun::tried)
          .thenComparingInt(run -> run.place);

  private final HeaderTrial trial;
  private final int stage;
  private final int place;
  private final byte[] key;
  private int begun;
  private int derived;
  private int tried;

  /**
   * Makes a run that has derived nothing.
   *
   * @param stage trials of an earlier stage come first
   * @param place where the trial stands in its stage
   */
  TrialRun(HeaderTrial trial, int stage, int place) {
    this.trial = trial;
    this.stage = stage;
    this.place = place;
    this.key = new byte[blocks(KeyDerivation.MAX_BYTES) * trial.kdf().blockBytes()];
  }

  HeaderTrial trial() {
    return trial;
  }

  /** Returns how many candidates were tried in vain. */
  int tried() {
    return tried;
  }

  /** Returns whether every candidate was tried. */
  boolean isOver() {
    return tried == trial.candidates().size();
  }

  /** Returns how many blocks the longest key of all candidates takes. */
  int allBlocks() {
    return IntStream.range(0, trial.candidates().size())
        .map(candidate -> blocks(keyBytes(candidate)))
        .max()
        .orElse(0);
  }

  /** Returns the blocks of the next step that nobody derives yet; the caller sees to them. */
  List<Block> nextBlocks() {
    int first = begun;
    begun = Math.max(begun, blocks(wantedBytes()));
    return IntStream.range(first, begun).mapToObj(index -> new Block(this, index)).toList();
  }

  /** Returns the rarity of the candidate that comes next. */
  HeaderTrial.Rarity rarity() {
    return trial.candidates().get(next()).rarity();
  }

  /** Returns the key bytes of the candidate that comes next. */
  private int wantedBytes() {
    return keyBytes(next());
  }

  /** Returns which candidate comes next; the last, if there is none. */
  private int next() {
    return Math.min(tried, trial.candidates().size() - 1);
  }

  private int keyBytes(int candidate) {
    return trial.candidates().get(candidate).suite().keyBytes();
  }

  private int blocks(int bytes) {
    int size = trial.kdf().blockBytes();
    return (bytes + size - 1) / size;
  }

  /** Takes note that one more block is derived; returns whether all that are begun are. */
  boolean blockDerived() {
    derived++;
    return derived == begun;
  }

  /** Returns whether there is a candidate left that the derived bytes suffice for. */
  boolean canTry() {
    return !isOver() && blocks(wantedBytes()) <= derived;
  }

  /** Tries the next candidate, which there must be; returns the header if it opens it. */
  @Nullable UnlockedHeader tryCandidate() {
    UnlockedHeader header = trial.open(trial.candidates().get(tried), key);
    if (header == null) {
      tried++;
    }
    return header;
  }

  /** Wipes the key; no thread may derive a block any more. */
  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
  }
}
