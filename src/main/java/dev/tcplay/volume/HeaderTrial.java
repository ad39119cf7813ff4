package dev.tcplay.volume;

import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.kernel.BlockCipher;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes of one place against one key derivation, under every suite in question. */
final class HeaderTrial {

  private final byte[] encrypted;
  private final HeaderKdf kdf;
  private final List<Candidate> candidates;
  private final UnlockRequest request;
  private HeaderCodec.@Nullable Verdict damage;
  private @Nullable String missing;

  /**
   * What the bytes may be.
   *
   * @param family the family that the header would belong to
   * @param slot the place, as that family's layout has it
   * @param suite how it would be encrypted
   */
  record Candidate(HeaderFamily family, HeaderSlot slot, CipherSuite suite) {

    private static final Comparator<Candidate> ORDER =
        Comparator.comparing(Candidate::rarity)
            .thenComparingInt(candidate -> candidate.suite().keyBytes());

    /** Returns how few volumes are encrypted so, and how much code nothing else needs. */
    Rarity rarity() {
      if (suite.mode() == CipherMode.XTS) {
        return Rarity.USUAL;
      }
      boolean shortBlocks =
          suite.chain().keyOrder().stream()
              .anyMatch(cipher -> cipher.blockBytes() < BlockCipher.BLOCK_BYTES);
      return shortBlocks ? Rarity.RAREST : Rarity.RARE;
    }
  }

  /** How rare a volume is. What is not usual is tried while others are derived. */
  enum Rarity {
    /** TrueCrypt 5 to 7 and VeraCrypt, in XTS mode. */
    USUAL,
    /** TrueCrypt 1 to 4, in modes of their own. */
    RARE,
    /** The same with ciphers of their own, for which Bouncy Castle is loaded. */
    RAREST
  }

  /**
   * Makes a trial that has tried nothing.
   *
   * @param encrypted the bytes in the slot, of the longest header in question; not changed
   * @param candidates at least one, in any order, all of one place and one length of salt
   * @param request what the trial is for
   */
  HeaderTrial(byte[] encrypted, HeaderKdf kdf, List<Candidate> candidates, UnlockRequest request) {
    this.encrypted = encrypted;
    this.kdf = kdf;
    this.request = request;
    this.candidates = candidates.stream().sorted(Candidate.ORDER).toList();
  }

  HeaderSlot slot() {
    return candidates.get(0).slot();
  }

  VolumeFormat format() {
    return candidates.get(0).family().format();
  }

  HeaderKdf kdf() {
    return kdf;
  }

  /** Returns what is tried: the usual first, of that what has the fewest key bytes. */
  List<Candidate> candidates() {
    return candidates;
  }

  /** Returns a copy of the header's salt. */
  byte[] salt() {
    return Arrays.copyOf(encrypted, candidates.get(0).family().codec().saltBytes());
  }

  /** Returns what is amiss with a header that the key opened; null if the trial met none. */
  HeaderCodec.@Nullable Verdict damage() {
    return damage;
  }

  /** Returns what is to be said of candidates whose cipher is not here; null if all were tried. */
  @Nullable String missing() {
    return missing;
  }

  /**
   * Has the platform load what the first suite needs. In a fresh process that takes as long as a
   * short derivation.
   */
  void prepare() {
    Candidate first = candidates.get(0);
    if (first.suite().missing().isEmpty()) {
      decrypted(first, new byte[first.suite().keyBytes()]);
    }
  }

  /**
   * Returns the header if a key opens it as a candidate, else null, also where its cipher is not
   * here.
   *
   * @param key begins with the bytes that the suite needs; not changed
   */
  @Nullable UnlockedHeader open(Candidate candidate, byte[] key) {
    Optional<String> lacking = candidate.suite().missing();
    if (lacking.isPresent()) {
      missing = lacking.get();
      return null;
    }
    byte[] plaintext = decrypted(candidate, key);
    HeaderCodec.Verdict verdict = candidate.family().codec().judge(plaintext);
    boolean isTaken = verdict.isDamaged() && request.ignoreHeaderCrc();
    if (verdict == HeaderCodec.Verdict.INTACT || isTaken) {
      return new UnlockedHeader(candidate, kdf, request, verdict, plaintext);
    }
    if (verdict.isDamaged()) {
      damage = verdict;
    }
    Arrays.fill(plaintext, (byte) 0);
    return null;
  }

  private byte[] decrypted(Candidate candidate, byte[] key) {
    HeaderCodec codec = candidate.family().codec();
    byte[] header = Arrays.copyOf(encrypted, codec.size());
    return candidate.suite().decryptedHeader(key, header, codec.saltBytes());
  }
}
