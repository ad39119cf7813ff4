package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.DataUnitCipher;
import dev.tcplay.crypto.KeyLayout;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.CorruptHeaderException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A family of volumes that has nothing in common with the real ones: headers of 1040 bytes with a
 * salt of 16, little-endian fields, 20 bytes of keys in front of the fields, one copy in the middle
 * of the host and its backup at the start, a mode that adds its key, units that count down.
 */
final class ForeignFamily {

  static final int HEADER = 1040;
  static final int SALT = 16;
  static final int KEYS = 24;
  static final int KEY_AREA = 20;
  static final int DATA = 8192;
  static final long FIRST_UNIT = 77;

  private static final int SIGNATURE = 44;
  private static final int SIZE = 52;
  private static final int CHECKSUM = 60;
  private static final long MAGIC = 0x0102030405060708L;

  static final HeaderFamily FAMILY =
      new HeaderFamily(
          VolumeFormat.TRUECRYPT,
          new Codec(),
          new Places(),
          List.of(new CipherSuite(new Adding(), CipherChain.parse("AES"))),
          new Costs(),
          1);

  private ForeignFamily() {}

  /** Where the header stands in a host. */
  static long primary(BlockDevice host) {
    return host.size() / 2;
  }

  private static final class Codec implements HeaderCodec {

    @Override
    public int size() {
      return HEADER;
    }

    @Override
    public int saltBytes() {
      return SALT;
    }

    @Override
    public int keyArea() {
      return KEYS;
    }

    @Override
    public int keyAreaBytes() {
      return KEY_AREA;
    }

    @Override
    public int keyAreaCrc(byte[] header) {
      return 0;
    }

    @Override
    public Verdict judge(byte[] header) {
      ByteBuffer fields = little(header);
      if (fields.getLong(SIGNATURE) != MAGIC) {
        return Verdict.FOREIGN;
      }
      return fields.getInt(CHECKSUM) == sum(header) ? Verdict.INTACT : Verdict.WRONG_HEADER_CRC;
    }

    @Override
    public VolumeHeader decode(byte[] header) {
      long size = little(header).getLong(SIZE);
      return new VolumeHeader(VolumeFormat.TRUECRYPT, 9, 1, 0, 0, 0, size, DATA, size, 0, 512);
    }

    @Override
    public byte[] encode(VolumeHeader header, byte[] keyArea) {
      byte[] plaintext = new byte[HEADER];
      System.arraycopy(keyArea, 0, plaintext, KEYS, KEY_AREA);
      ByteBuffer fields = little(plaintext);
      fields.putLong(SIGNATURE, MAGIC).putLong(SIZE, header.volumeSize());
      fields.putInt(CHECKSUM, sum(plaintext));
      return plaintext;
    }

    private static ByteBuffer little(byte[] bytes) {
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int sum(byte[] header) {
      int sum = 0;
      for (int i = SALT; i < CHECKSUM; i++) {
        sum = 31 * sum + header[i];
      }
      return sum;
    }
  }

  private static final class Places implements VolumeLayout {

    @Override
    public List<HeaderSlot> headers(BlockDevice host) {
      return List.of(new HeaderSlot("middle", host, primary(host), VolumeKind.NORMAL, 9, 9));
    }

    @Override
    public List<HeaderSlot> backups(BlockDevice host) {
      return List.of(new HeaderSlot("start", host, 0, VolumeKind.NORMAL, 9, 9));
    }

    @Override
    public List<HeaderSlot> headersInFile(BlockDevice file) {
      return file.size() == HEADER
          ? List.of(new HeaderSlot("file", file, 0, VolumeKind.NORMAL, 9, 9))
          : List.of();
    }

    @Override
    public DataArea locate(VolumeHeader header, HeaderSlot slot, long hostSize, String hostName)
        throws CorruptHeaderException {
      if (header.volumeSize() > hostSize / 2 - DATA) {
        throw new CorruptHeaderException(hostName, "size " + header.volumeSize());
      }
      return new DataArea(DATA, header.volumeSize(), null);
    }
  }

  private static final class Costs implements KeyCosts {

    @Override
    public List<Prf> prfs() {
      return List.of(Prf.SHA256);
    }

    @Override
    public int largestPim() {
      return 0;
    }

    @Override
    public HeaderKdf kdf(Prf prf, int pim) {
      return new HeaderKdf(prf, 7, 0);
    }
  }

  /** Adds a key of five bytes, moved on by the number of the unit. */
  private static final class Adding implements CipherMode {

    private static final int KEY = 5;

    @Override
    public String tweak() {
      return "none";
    }

    @Override
    public String id() {
      return "adding";
    }

    @Override
    public List<CipherChain> chains() {
      return List.of(CipherChain.parse("AES"));
    }

    @Override
    public KeyLayout layout(CipherChain chain) {
      return new KeyLayout(KEY, List.of());
    }

    @Override
    public long firstUnit(long dataOffset) {
      return FIRST_UNIT;
    }

    @Override
    public DataUnitCipher dataCipher(CipherChain chain, byte[] keys, int offset) {
      byte[] key = Arrays.copyOfRange(keys, offset, offset + KEY);
      return new DataUnitCipher() {
        @Override
        public void encrypt(long unit, byte[] source, int from, byte[] target, int to, int length) {
          for (int i = 0; i < length; i++) {
            target[to + i] = (byte) (source[from + i] + mask(unit, i));
          }
        }

        @Override
        public void decrypt(long unit, byte[] source, int from, byte[] target, int to, int length) {
          for (int i = 0; i < length; i++) {
            target[to + i] = (byte) (source[from + i] - mask(unit, i));
          }
        }

        private int mask(long unit, int i) {
          return key[i % KEY] * (int) (unit + i / DATA_UNIT);
        }

        @Override
        public void close() {
          Arrays.fill(key, (byte) 0);
        }
      };
    }

    @Override
    public void encryptHeader(CipherChain chain, byte[] key, byte[] header, int saltBytes) {
      for (int i = saltBytes; i < header.length; i++) {
        header[i] += key[i % KEY];
      }
    }

    @Override
    public void decryptHeader(CipherChain chain, byte[] key, byte[] header, int saltBytes) {
      for (int i = saltBytes; i < header.length; i++) {
        header[i] -= key[i % KEY];
      }
    }
  }
}
