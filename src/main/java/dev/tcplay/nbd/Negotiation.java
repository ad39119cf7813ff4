package dev.tcplay.nbd;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The fixed newstyle handshake with one client. */
final class Negotiation {

  /** How it has ended. */
  enum Outcome {
    /** The client goes away. */
    END,
    /** It sends requests now, and takes simple replies only. */
    SIMPLE,
    /** It sends requests now, and takes structured replies. */
    STRUCTURED
  }

  /** The most bytes that an option may have: a name of 4096 bytes and what is asked of it. */
  private static final int MOST_OPTION_BYTES = 8192;

  private static final int ZEROES = 124;

  /** Encrypts the way to the client from now on. */
  interface Encryption {
    /** Returns the way to the client that replaces the former one. */
    Wire begin() throws IOException;
  }

  private final NbdExport export;
  private final @Nullable Encryption encryption;
  private Wire wire;
  private boolean encrypted;
  private boolean structured;
  private boolean zeroes;

  /**
   * Makes the handshake with a client.
   *
   * @param encryption without which the client is told nothing; null where there is none
   */
  Negotiation(Wire wire, NbdExport export, @Nullable Encryption encryption) {
    this.wire = wire;
    this.export = export;
    this.encryption = encryption;
  }

  /** Returns the way to the client, which may have become another one. */
  Wire wire() {
    return wire;
  }

  /**
   * Goes through the options of a client.
   *
   * @throws IOException if it breaks the protocol, or ends
   */
  Outcome run() throws IOException {
    wire.write(
        ByteBuffer.allocate(18)
            .putLong(Protocol.NBDMAGIC)
            .putLong(Protocol.IHAVEOPT)
            .putShort((short) (Protocol.FLAG_FIXED_NEWSTYLE | Protocol.FLAG_NO_ZEROES))
            .flip());
    int flags = wire.read(Integer.BYTES).getInt();
    if ((flags & ~(Protocol.FLAG_FIXED_NEWSTYLE | Protocol.FLAG_NO_ZEROES)) != 0) {
      throw new IOException("unknown client flags " + Integer.toHexString(flags));
    }
    zeroes = (flags & Protocol.FLAG_NO_ZEROES) == 0;
    while (true) {
      ByteBuffer head = wire.read(16);
      if (head.getLong() != Protocol.IHAVEOPT) {
        throw new IOException("an option without its magic number");
      }
      int option = head.getInt();
      int length = head.getInt();
      if (length < 0 || length > MOST_OPTION_BYTES) {
        skipOption(option, Integer.toUnsignedLong(length));
        continue;
      }
      ByteBuffer data = wire.read(length);
      if (option == Protocol.OPT_ABORT) {
        acknowledge(option);
        return Outcome.END;
      } else if (option == Protocol.OPT_STARTTLS) {
        encrypt(data);
      } else if (encryption != null && !encrypted) {
        demandEncryption(option);
      } else if (option == Protocol.OPT_EXPORT_NAME) {
        begin(data);
        return outcome();
      } else if (answer(option, data)) {
        return outcome();
      }
    }
  }

  private void encrypt(ByteBuffer data) throws IOException {
    if (encryption == null) {
      refuse(Protocol.OPT_STARTTLS, Protocol.REP_ERR_POLICY, "this server has no certificate");
    } else if (encrypted) {
      refuse(Protocol.OPT_STARTTLS, Protocol.REP_ERR_INVALID, "TLS has begun already");
    } else if (isEmpty(Protocol.OPT_STARTTLS, data)) {
      acknowledge(Protocol.OPT_STARTTLS);
      wire = encryption.begin();
      encrypted = true;
    }
  }

  private void demandEncryption(int option) throws IOException {
    if (option == Protocol.OPT_EXPORT_NAME) {
      throw new IOException("the client does not begin with TLS");
    }
    refuse(option, Protocol.REP_ERR_TLS_REQD, "this server demands TLS");
  }

  private Outcome outcome() {
    return structured ? Outcome.STRUCTURED : Outcome.SIMPLE;
  }

  private void skipOption(int option, long length) throws IOException {
    if (option == Protocol.OPT_EXPORT_NAME) {
      throw new IOException("the name of an export has " + length + " bytes");
    }
    wire.skip(length, ByteBuffer.allocate(MOST_OPTION_BYTES));
    refuse(option, Protocol.REP_ERR_TOO_BIG, "an option of " + length + " bytes");
  }

  /** Answers the option that has no refusal but the end of the connection. */
  private void begin(ByteBuffer name) throws IOException {
    if (!isOurs(name)) {
      throw new IOException("no such export");
    }
    ByteBuffer answer = ByteBuffer.allocate(10 + ZEROES);
    answer.putLong(export.device().size()).putShort((short) export.flags(structured));
    wire.write(answer.position(0).limit(zeroes ? answer.capacity() : 10));
  }

  /** Answers an option, and returns whether requests follow. */
  private boolean answer(int option, ByteBuffer data) throws IOException {
    switch (option) {
      case Protocol.OPT_LIST -> {
        if (isEmpty(option, data)) {
          byte[] name = export.name().getBytes(StandardCharsets.UTF_8);
          ByteBuffer listed = ByteBuffer.allocate(Integer.BYTES + name.length);
          reply(option, Protocol.REP_SERVER, listed.putInt(name.length).put(name).flip());
          acknowledge(option);
        }
      }
      case Protocol.OPT_STRUCTURED_REPLY -> {
        if (isEmpty(option, data)) {
          structured = true;
          acknowledge(option);
        }
      }
      case Protocol.OPT_INFO, Protocol.OPT_GO -> {
        return inform(option, data) && option == Protocol.OPT_GO;
      }
      default -> refuse(option, Protocol.REP_ERR_UNSUP, "unknown option");
    }
    return false;
  }

  private boolean isEmpty(int option, ByteBuffer data) throws IOException {
    if (data.hasRemaining()) {
      refuse(option, Protocol.REP_ERR_INVALID, "the option takes no data");
      return false;
    }
    return true;
  }

  /** Tells the facts of the export that is asked for; returns whether there is one. */
  private boolean inform(int option, ByteBuffer data) throws IOException {
    ByteBuffer name;
    boolean named = false;
    boolean described = false;
    try {
      int length = data.getInt();
      if (length < 0 || length > data.remaining()) {
        throw new BufferUnderflowException();
      }
      name = data.slice(data.position(), length);
      data.position(data.position() + length);
      for (int left = Short.toUnsignedInt(data.getShort()); left > 0; left--) {
        int wanted = Short.toUnsignedInt(data.getShort());
        named |= wanted == Protocol.INFO_NAME;
        described |= wanted == Protocol.INFO_DESCRIPTION;
      }
    } catch (BufferUnderflowException e) {
      refuse(option, Protocol.REP_ERR_INVALID, "the option is cut off");
      return false;
    }
    if (isEmpty(option, data)) {
      if (!isOurs(name)) {
        refuse(option, Protocol.REP_ERR_UNKNOWN, "no such export");
        return false;
      }
      inform(option, named, described);
      return true;
    }
    return false;
  }

  private void inform(int option, boolean named, boolean described) throws IOException {
    reply(
        option,
        Protocol.REP_INFO,
        ByteBuffer.allocate(12)
            .putShort((short) Protocol.INFO_EXPORT)
            .putLong(export.device().size())
            .putShort((short) export.flags(structured))
            .flip());
    reply(
        option,
        Protocol.REP_INFO,
        ByteBuffer.allocate(14)
            .putShort((short) Protocol.INFO_BLOCK_SIZE)
            .putInt(1)
            .putInt(NbdExport.PREFERRED_BYTES)
            .putInt(NbdExport.MOST_BYTES)
            .flip());
    if (named) {
      replyText(option, Protocol.INFO_NAME, export.name());
    }
    if (described) {
      replyText(option, Protocol.INFO_DESCRIPTION, export.description());
    }
    acknowledge(option);
  }

  private void replyText(int option, int kind, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer data = ByteBuffer.allocate(Short.BYTES + bytes.length);
    reply(option, Protocol.REP_INFO, data.putShort((short) kind).put(bytes).flip());
  }

  private boolean isOurs(ByteBuffer name) {
    return !name.hasRemaining()
        || name.equals(ByteBuffer.wrap(export.name().getBytes(StandardCharsets.UTF_8)));
  }

  private void acknowledge(int option) throws IOException {
    reply(option, Protocol.REP_ACK, ByteBuffer.allocate(0));
  }

  private void refuse(int option, int error, String reason) throws IOException {
    reply(option, error, ByteBuffer.wrap(reason.getBytes(StandardCharsets.UTF_8)));
  }

  private void reply(int option, int type, ByteBuffer data) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(20).putLong(Protocol.REPLY_MAGIC).putInt(option);
    wire.write(head.putInt(type).putInt(data.remaining()).flip(), data);
  }
}
