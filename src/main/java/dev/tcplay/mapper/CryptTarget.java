package dev.tcplay.mapper;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.CryptDevice;
import dev.tcplay.block.ForwardingDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.crypto.CipherSpec;
import dev.tcplay.mapper.PlainTargets.Place;
import dev.tcplay.mapper.TargetType.Recipe;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code crypt CIPHER KEY IV_OFFSET DEVICE OFFSET [N OPTIONS...]}. Options that only say how Linux
 * shares its work have no effect; discards reach the device below with {@code allow_discards} only.
 * Messages {@code key wipe} and {@code key set KEY} change the key of a suspended device.
 */
final class CryptTarget implements Target {

  private static final String DISCARDS = "allow_discards";

  /** In Linux's order. */
  private static final List<String> OPTIONS =
      List.of(
          DISCARDS,
          "same_cpu_crypt",
          "submit_from_crypt_cpus",
          "no_read_workqueue",
          "no_write_workqueue");

  /** The default, which Linux takes and never prints. */
  private static final String SECTORS = "sector_size:512";

  /** The parameters before the options, without the key. */
  private static final int PARAMETERS = 4;

  private final CipherSpec spec;
  private final ChangeableCipher cipher;
  private final BlockDevice device;

  private CryptTarget(CipherSpec spec, ChangeableCipher cipher, BlockDevice device) {
    this.spec = spec;
    this.cipher = cipher;
    this.device = device;
  }

  static Recipe read(Parameters from) throws MalformedTableException {
    long bytes = from.bytes();
    CipherSpec spec = spec(from);
    byte[] key = from.key();
    if (key.length != spec.keyBytes()) {
      throw from.wrong(
          "key has %d bytes, and %s takes %d".formatted(key.length, spec, spec.keyBytes()));
    }
    long firstUnit = from.number("iv_offset", 0, Long.MAX_VALUE);
    Place place = Place.read(from, "");
    List<String> options = from.options("options");
    for (String option : options) {
      if (!OPTIONS.contains(option) && !option.equals(SECTORS)) {
        throw from.wrong("option is unknown here: " + option);
      }
    }
    return lower -> {
      BlockDevice window = place.window(lower, bytes);
      ChangeableCipher cipher = new ChangeableCipher(spec.cipher(key));
      BlockDevice plain = CryptDevice.stacked(window, cipher, firstUnit);
      return new CryptTarget(
          spec, cipher, options.contains(DISCARDS) ? plain : new WithoutDiscards(plain));
    };
  }

  private static CipherSpec spec(Parameters from) throws MalformedTableException {
    try {
      return CipherSpec.parse(from.word("cipher"));
    } catch (IllegalArgumentException e) {
      throw from.wrong(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public BlockDevice device() {
    return device;
  }

  @Override
  public List<String> printed(List<String> words) {
    return Parameters.ordered(words, PARAMETERS, OPTIONS, false);
  }

  @Override
  public void checkReady() throws IOException {
    if (!cipher.isKeyed()) {
      throw new IOException("crypt: key was wiped, and none is set");
    }
  }

  @Override
  public Optional<TableLine> message(TableLine line, Words message, boolean suspended)
      throws IOException {
    String subject = message.next();
    String verb = message.next();
    if (!subject.equals("key") || !(verb.equals("wipe") || verb.equals("set"))) {
      throw new IOException("crypt: unknown message; known are key wipe, key set");
    } else if (!suspended) {
      throw new IOException("crypt: the device must be suspended while its key changes");
    } else if (verb.equals("wipe")) {
      message.end("crypt: key wipe");
      cipher.wipe();
      return Optional.of(line.withKey(new byte[line.key().length]));
    }
    byte[] key = message.nextKey();
    try {
      message.end("crypt: key set KEY");
      cipher.set(spec.cipher(key));
      return Optional.of(line.withKey(key));
    } catch (IllegalArgumentException e) {
      throw new IOException("crypt: " + e.getMessage(), e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** Keeps discards to itself: what is unused in a volume is a secret, too. */
  private static final class WithoutDiscards extends ForwardingDevice {

    WithoutDiscards(BlockDevice lower) {
      super(lower);
    }

    @Override
    protected void doSubmit(WriteBatch batch) throws IOException {
      lower().submit(batch);
    }

    @Override
    protected void doDiscard(long position, long length) {}
  }
}
