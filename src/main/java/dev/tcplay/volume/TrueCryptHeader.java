package dev.tcplay.volume;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The header of TrueCrypt and VeraCrypt: 64 bytes of salt, then fields in big-endian order and the
 * keys of the volume. Offsets count from the start of the salt.
 *
 * @param format what the header says that it belongs to
 * @param signature the four bytes that a decrypted header begins with
 */
record TrueCryptHeader(VolumeFormat format, int signature) implements HeaderCodec {

  /** Bytes in a header, salt included. */
  static final int SIZE = 512;

  /** Bytes of salt, never encrypted. */
  static final int SALT_BYTES = 64;

  /** Where the keys of the volume begin; they run to the end of the header. */
  static final int KEYS = 256;

  /** Bytes of the key area, of which a chain uses the first. */
  static final int KEY_AREA_BYTES = SIZE - KEYS;

  /** The newest header version that there is. */
  static final int NEWEST_VERSION = 5;

  private static final int FIRST_VERSION_WITH_HEADER_CRC = 4;

  private static final int SIGNATURE = 64;
  private static final int VERSION = 68;
  private static final int MINIMUM_PROGRAM_VERSION = 70;
  private static final int KEY_AREA_CRC = 72;
  private static final int VOLUME_CREATION_TIME = 76;
  private static final int HEADER_CREATION_TIME = 84;
  private static final int HIDDEN_VOLUME_SIZE = 92;
  private static final int VOLUME_SIZE = 100;
  private static final int SCOPE_START = 108;
  private static final int SCOPE_LENGTH = 116;
  private static final int FLAGS = 124;
  private static final int SECTOR_SIZE = 128;
  private static final int HEADER_CRC = 252;

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public int saltBytes() {
    return SALT_BYTES;
  }

  @Override
  public int keyAreaCrc(byte[] header) {
    return ByteBuffer.wrap(header).getInt(KEY_AREA_CRC);
  }

  @Override
  public int keyArea() {
    return KEYS;
  }

  @Override
  public int keyAreaBytes() {
    return KEY_AREA_BYTES;
  }

  @Override
  public Verdict judge(byte[] header) {
    ByteBuffer fields = ByteBuffer.wrap(header);
    if (fields.getInt(SIGNATURE) != signature) {
      return Verdict.FOREIGN;
    }
    boolean keysRight = fields.getInt(KEY_AREA_CRC) == crc(header, KEYS, SIZE);
    boolean fieldsRight =
        version(fields) < FIRST_VERSION_WITH_HEADER_CRC
            || fields.getInt(HEADER_CRC) == crc(header, SIGNATURE, HEADER_CRC);
    if (keysRight) {
      return fieldsRight ? Verdict.INTACT : Verdict.WRONG_HEADER_CRC;
    }
    return fieldsRight ? Verdict.WRONG_KEY_CRC : Verdict.WRONG_CRCS;
  }

  @Override
  public VolumeHeader decode(byte[] header) {
    ByteBuffer fields = ByteBuffer.wrap(header);
    return new VolumeHeader(
        format,
        version(fields),
        Short.toUnsignedInt(fields.getShort(MINIMUM_PROGRAM_VERSION)),
        fields.getLong(VOLUME_CREATION_TIME),
        fields.getLong(HEADER_CREATION_TIME),
        fields.getLong(HIDDEN_VOLUME_SIZE),
        fields.getLong(VOLUME_SIZE),
        fields.getLong(SCOPE_START),
        fields.getLong(SCOPE_LENGTH),
        fields.getInt(FLAGS),
        fields.getInt(SECTOR_SIZE));
  }

  @Override
  public byte[] encode(VolumeHeader header, byte[] keyArea) {
    byte[] plaintext = new byte[SIZE];
    System.arraycopy(keyArea, 0, plaintext, KEYS, KEY_AREA_BYTES);
    ByteBuffer.wrap(plaintext)
        .putInt(SIGNATURE, signature)
        .putShort(VERSION, (short) header.version())
        .putShort(MINIMUM_PROGRAM_VERSION, (short) header.minimumProgramVersion())
        .putInt(KEY_AREA_CRC, crc(plaintext, KEYS, SIZE))
        .putLong(VOLUME_CREATION_TIME, header.volumeCreationTime())
        .putLong(HEADER_CREATION_TIME, header.headerCreationTime())
        .putLong(HIDDEN_VOLUME_SIZE, header.hiddenVolumeSize())
        .putLong(VOLUME_SIZE, header.volumeSize())
        .putLong(SCOPE_START, header.scopeStart())
        .putLong(SCOPE_LENGTH, header.scopeLength())
        .putInt(FLAGS, header.flags())
        .putInt(SECTOR_SIZE, header.storedSectorSize());
    if (header.version() >= FIRST_VERSION_WITH_HEADER_CRC) {
      ByteBuffer.wrap(plaintext).putInt(HEADER_CRC, crc(plaintext, SIGNATURE, HEADER_CRC));
    }
    return plaintext;
  }

  private static int version(ByteBuffer fields) {
    return Short.toUnsignedInt(fields.getShort(VERSION));
  }

  private static int crc(byte[] bytes, int from, int to) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }
}
