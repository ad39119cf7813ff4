package dev.tcplay.cli.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/**
 * Reads private keys in PEM. The JDK knows PKCS #8 only; certtool and older openssl write the form
 * of PKCS #1 for RSA and of SEC 1 for elliptic curves, which PKCS #8 wraps.
 */
final class PrivateKeys {

  private static final String PKCS8 = "PRIVATE KEY";
  private static final String PKCS1 = "RSA PRIVATE KEY";
  private static final String SEC1 = "EC PRIVATE KEY";
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private static final int INTEGER = 0x02;
  private static final int OCTETS = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xA0;

  private static final byte[] VERSION = {INTEGER, 1, 0};

  /** The sequence of rsaEncryption and no parameters. */
  private static final byte[] RSA = {
    SEQUENCE, 13, 6, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 13, 1, 1, 1, 5, 0
  };

  /** The name id-ecPublicKey, which the name of a curve follows. */
  private static final byte[] CURVE = {6, 7, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 2, 1};

  private PrivateKeys() {}

  /**
   * Reads the first private key of a file.
   *
   * @throws FileSystemException if there is none, or it is damaged, encrypted or of an algorithm
   *     other than RSA, EC and EdDSA
   */
  static PrivateKey read(Path file) throws IOException {
    List<PemBlock> blocks = PemBlock.read(file);
    try {
      for (PemBlock block : blocks) {
        if (block.label().endsWith(PKCS8)) {
          return key(block, file);
        }
      }
    } finally {
      blocks.forEach(PemBlock::wipe);
    }
    throw new FileSystemException(file.toString(), null, "has no PRIVATE KEY in PEM");
  }

  private static PrivateKey key(PemBlock block, Path file) throws IOException {
    byte[] encoded;
    try {
      encoded =
          switch (block.label()) {
            case PKCS8 -> block.bytes();
            case PKCS1 -> wrapped(RSA, block.bytes());
            case SEC1 ->
                wrapped(der(SEQUENCE, CURVE, curve(ByteBuffer.wrap(block.bytes()))), block.bytes());
            default ->
                throw new FileSystemException(
                    file.toString(),
                    null,
                    "is of the kind "
                        + block.label()
                        + ": a server needs its key without a"
                        + " passphrase");
          };
    } catch (IllegalArgumentException e) {
      throw new FileSystemException(file.toString(), null, "a damaged " + block.label());
    }
    try {
      for (String algorithm : ALGORITHMS) {
        try {
          return KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException e) {
          // It may be of the next one.
        }
      }
    } catch (GeneralSecurityException e) {
      throw new FileSystemException(file.toString(), null, String.valueOf(e.getMessage()));
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
    throw new FileSystemException(
        file.toString(), null, "is damaged, or of an algorithm other than RSA, EC and EdDSA");
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    byte[] octets = der(OCTETS, key);
    try {
      return der(SEQUENCE, VERSION, algorithm, octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** Returns the name of the curve that a key of SEC 1 holds. */
  private static byte[] curve(ByteBuffer key) {
    ByteBuffer fields = element(key, SEQUENCE);
    element(fields, INTEGER);
    element(fields, OCTETS);
    ByteBuffer name = element(fields, PARAMETERS);
    byte[] bytes = new byte[name.remaining()];
    name.get(bytes);
    return bytes;
  }

  /** Takes the next element, which must be of a kind, and returns its content. */
  private static ByteBuffer element(ByteBuffer in, int tag) {
    if (in.remaining() < 2 || Byte.toUnsignedInt(in.get()) != tag) {
      throw new IllegalArgumentException("no such element");
    }
    int length = Byte.toUnsignedInt(in.get());
    if (length > 0x82 || length == 0x80 || (length > 0x80 && in.remaining() < length - 0x80)) {
      throw new IllegalArgumentException("a wrong length");
    } else if (length > 0x80) {
      length = length == 0x81 ? Byte.toUnsignedInt(in.get()) : Short.toUnsignedInt(in.getShort());
    }
    if (length > in.remaining()) {
      throw new IllegalArgumentException("a wrong length");
    }
    ByteBuffer content = in.slice(in.position(), length);
    in.position(in.position() + length);
    return content;
  }

  /** Returns an element of less than 64 KiB, its length in as few bytes as the JDK demands. */
  private static byte[] der(int tag, byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    if (length > 0xFFFF) {
      throw new IllegalArgumentException("too long");
    }
    int more = length < 0x80 ? 0 : length < 0x100 ? 1 : 2;
    ByteBuffer element = ByteBuffer.allocate(2 + more + length).put((byte) tag);
    if (more > 0) {
      element.put((byte) (0x80 + more));
    }
    if (more == 2) {
      element.put((byte) (length >> 8));
    }
    element.put((byte) length);
    for (byte[] part : parts) {
      element.put(part);
    }
    return element.array();
  }
}
