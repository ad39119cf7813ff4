package dev.tcplay.serve.sftp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferUtils;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpHelper;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemConfigurator;

/**
 * SSHD's side of SFTP, less what nobody needs here: messages are limited, only those of version 3
 * and of the extensions in {@link #appendExtensions} are known, and {@link #resolveFile} lets none
 * of SSHD's own code reach a file system. What each message does, a subclass says.
 */
abstract class GuardedSubsystem extends SftpSubsystem {

  static final int LONGEST_MESSAGE = 256 * 1024;
  static final int LONGEST_TRANSFER = LONGEST_MESSAGE - 1024;

  private static final int SHORTEST_MESSAGE = 5;
  private static final int MOST_WAITING = 8192;
  private static final int LONGEST_NAMES = 64 * 1024;

  private boolean broken;

  GuardedSubsystem(ChannelSession channel, SftpSubsystemConfigurator settings) {
    super(channel, settings);
  }

  abstract Listing listing(String handle) throws IOException;

  abstract String openDirectory(String path) throws IOException;

  abstract Map<String, Object> facts(Listing.Entry entry) throws IOException;

  abstract String linkText(String path) throws IOException;

  abstract String realName(String path) throws IOException;

  abstract SpaceReply space(String path) throws IOException;

  abstract SpaceReply spaceOfHandle(String handle) throws IOException;

  /** Takes the stream of bytes apart; who sends what can be no message gets no answer any more. */
  @Override
  public int data(ChannelSession channel, byte[] bytes, int start, int length) throws IOException {
    if (broken) {
      return length;
    }
    buffer.compact();
    buffer.putRawBytes(bytes, start, length);
    while (buffer.available() >= Integer.BYTES) {
      int size = BufferUtils.getInt(buffer.array(), buffer.rpos(), Integer.BYTES);
      if (size < SHORTEST_MESSAGE || size > LONGEST_MESSAGE || requests.size() >= MOST_WAITING) {
        broken = true;
        requests.add(CLOSE);
        return length;
      }
      int whole = size + Integer.BYTES;
      if (buffer.available() < whole) {
        break;
      }
      Buffer message = new ByteArrayBuffer(whole + Long.SIZE, false);
      message.putRawBytes(buffer.array(), buffer.rpos(), whole);
      buffer.rpos(buffer.rpos() + whole);
      requests.add(message);
    }
    return 0;
  }

  @Override
  protected void doProcess(Buffer buffer, int length, int type, int id) throws IOException {
    try {
      boolean begins = type == SftpConstants.SSH_FXP_INIT;
      if (begins != (getVersion() == 0)) {
        throw new BadMessageException(begins ? "Begun already" : "Not begun yet");
      } else if (type == SftpConstants.SSH_FXP_LINK
          || type == SftpConstants.SSH_FXP_BLOCK
          || type == SftpConstants.SSH_FXP_UNBLOCK) {
        doUnsupported(buffer, length, type, id);
      } else {
        super.doProcess(buffer, length, type, id);
      }
    } catch (BadMessageException | RuntimeException e) {
      sendStatus(prepareReply(buffer), id, e, type);
    }
  }

  @Override
  protected void executeExtendedCommand(Buffer buffer, int id, String extension)
      throws IOException {
    switch (extension) {
      case "fsync@openssh.com",
          "hardlink@openssh.com",
          "limits@openssh.com",
          "lsetstat@openssh.com",
          "posix-rename@openssh.com" ->
          super.executeExtendedCommand(buffer, id, extension);
      case "statvfs@openssh.com" -> sendSpace(buffer, id, true);
      case "fstatvfs@openssh.com" -> sendSpace(buffer, id, false);
      default -> doUnsupportedExtension(buffer, id, extension);
    }
  }

  @Override
  protected void appendExtensions(Buffer buffer, String versions) {
    String[] names = {
      "posix-rename", "statvfs", "fstatvfs", "hardlink", "fsync", "lsetstat", "limits"
    };
    for (String name : names) {
      buffer.putString(name + "@openssh.com");
      buffer.putString(name.endsWith("statvfs") ? "2" : "1");
    }
  }

  private void sendSpace(Buffer buffer, int id, boolean ofPath) throws IOException {
    SpaceReply space;
    try {
      space =
          ofPath
              ? space(buffer.getString())
              : spaceOfHandle(buffer.getString(StandardCharsets.ISO_8859_1));
    } catch (IOException | RuntimeException e) {
      sendStatus(prepareReply(buffer), id, e, SftpConstants.SSH_FXP_EXTENDED);
      return;
    }
    Buffer reply = prepareReply(buffer);
    reply.putByte((byte) SftpConstants.SSH_FXP_EXTENDED_REPLY);
    reply.putInt(id);
    space.writeTo(reply);
    send(reply);
  }

  @Override
  protected void doOpenDir(Buffer buffer, int id) throws IOException {
    String handle;
    try {
      handle = openDirectory(buffer.getString());
    } catch (IOException | RuntimeException e) {
      sendStatus(prepareReply(buffer), id, e, SftpConstants.SSH_FXP_OPENDIR);
      return;
    }
    sendHandle(prepareReply(buffer), id, handle);
  }

  @Override
  protected void doReadDir(Buffer buffer, int id) throws IOException {
    Buffer reply;
    try {
      Listing listing = listing(buffer.getString(StandardCharsets.ISO_8859_1));
      reply = prepareReply(buffer);
      reply.putByte((byte) SftpConstants.SSH_FXP_NAME);
      reply.putInt(id);
      int place = reply.wpos();
      reply.putInt(0);
      int count = 0;
      while (reply.wpos() < LONGEST_NAMES) {
        Listing.Entry entry = listing.next();
        if (entry == null) {
          break;
        }
        count += putEntry(reply, entry);
      }
      if (count == 0) {
        throw new EOFException();
      }
      BufferUtils.updateLengthPlaceholder(reply, place, count);
    } catch (IOException | RuntimeException e) {
      sendStatus(prepareReply(buffer), id, e, SftpConstants.SSH_FXP_READDIR);
      return;
    }
    send(reply);
  }

  /** Returns 1, or 0 where the entry is there no more. */
  private int putEntry(Buffer reply, Listing.Entry entry) {
    Map<String, Object> facts;
    try {
      facts = facts(entry);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      // It is there, and nothing more is known of it.
      facts = Map.of();
    }
    putName(reply, entry.name(), facts);
    return 1;
  }

  private void putName(Buffer reply, String name, Map<String, Object> facts) {
    reply.putString(name);
    reply.putString(SftpHelper.getLongName(name, facts));
    writeAttrs(reply, facts);
  }

  @Override
  protected void doReadLink(Buffer buffer, int id) throws IOException {
    sendName(buffer, id, SftpConstants.SSH_FXP_READLINK, this::linkText);
  }

  @Override
  protected void doRealPath(Buffer buffer, int id) throws IOException {
    sendName(buffer, id, SftpConstants.SSH_FXP_REALPATH, this::realName);
  }

  private interface Naming {
    String of(String path) throws IOException;
  }

  private void sendName(Buffer buffer, int id, int type, Naming naming) throws IOException {
    String name;
    try {
      name = naming.of(buffer.getString());
    } catch (IOException | RuntimeException e) {
      sendStatus(prepareReply(buffer), id, e, type);
      return;
    }
    Buffer reply = prepareReply(buffer);
    reply.putByte((byte) SftpConstants.SSH_FXP_NAME);
    reply.putInt(id);
    reply.putInt(1);
    putName(reply, name, Map.of());
    send(reply);
  }

  /** All ways of SSHD from a name to a file lead through here, and end. */
  @Override
  protected final Path resolveFile(String name) {
    throw new UnsupportedOperationException();
  }

  /** Ends after the request under way. SSHD would interrupt it, and lose what it writes. */
  @Override
  public void destroy(ChannelSession channel) {
    closed.set(true);
    requests.clear();
    requests.add(CLOSE);
  }
}
