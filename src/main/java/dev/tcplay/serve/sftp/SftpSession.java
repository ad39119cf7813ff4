package dev.tcplay.serve.sftp;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.server.SftpSubsystemConfigurator;
import org.jspecify.annotations.Nullable;

/**
 * One client's talk in SFTP, version 3. SSHD takes the messages apart and sends the answers; this
 * says what each does.
 */
final class SftpSession extends GuardedSubsystem {

  private final TreeRequests tree;
  private final Handles opened = new Handles();
  private final SftpSessions sessions;

  SftpSession(
      ChannelSession channel,
      SftpSubsystemConfigurator settings,
      TreeRequests tree,
      SftpSessions sessions) {
    super(channel, settings);
    this.tree = tree;
    this.sessions = sessions;
  }

  @Override
  protected String doOpen(int id, String path, int how, int access, Map<String, Object> wanted)
      throws IOException {
    opened.checkRoom();
    return opened.add(tree.open(path, how, access, wanted));
  }

  @Override
  protected void doClose(int id, String handle) throws IOException {
    opened.close(handle);
  }

  @Override
  protected int doRead(
      int id,
      String handle,
      long offset,
      int length,
      byte[] into,
      int at,
      AtomicReference<Boolean> end)
      throws IOException {
    checkOffset(offset);
    return file(handle).read(ByteBuffer.wrap(into, at, length), offset);
  }

  @Override
  protected void doWrite(
      int id, String handle, long offset, int length, byte[] from, int at, int there)
      throws IOException {
    checkOffset(offset);
    if (length < 0 || length > there) {
      throw new BadMessageException("The data is shorter than said");
    }
    file(handle).write(ByteBuffer.wrap(from, at, length), offset);
  }

  private static void checkOffset(long offset) throws BadMessageException {
    if (offset < 0) {
      throw new BadMessageException("The offset is too large");
    }
  }

  private OpenFile file(String handle) throws IOException {
    return opened.get(handle, OpenFile.class);
  }

  @Override
  protected Map<String, Object> doLStat(int id, String path, int flags) throws IOException {
    return tree.facts(path, false);
  }

  @Override
  protected Map<String, Object> doStat(int id, String path, int flags) throws IOException {
    return tree.facts(path, true);
  }

  @Override
  protected Map<String, Object> doFStat(int id, String handle, int flags) throws IOException {
    Closeable what = opened.get(handle, Closeable.class);
    return what instanceof Listing listing
        ? tree.facts(listing.itself())
        : tree.facts(file(handle));
  }

  @Override
  protected void doSetStat(
      int id,
      String path,
      int command,
      String extension,
      Map<String, ?> wanted,
      @Nullable Boolean follow)
      throws IOException {
    tree.set(path, checked(wanted), !Boolean.FALSE.equals(follow));
  }

  @Override
  protected void doFSetStat(int id, String handle, Map<String, ?> wanted) throws IOException {
    tree.set(file(handle), checked(wanted));
  }

  private static Map<String, ?> checked(Map<String, ?> wanted) throws BadMessageException {
    if (wanted.get("size") instanceof Long size) {
      checkOffset(size);
    }
    return wanted;
  }

  @Override
  protected void doMakeDirectory(int id, String path, Map<String, ?> wanted) throws IOException {
    tree.makeDirectory(path, wanted);
  }

  @Override
  protected void doRemoveDirectory(int id, String path) throws IOException {
    tree.remove(path, true);
  }

  @Override
  protected void doRemoveFile(int id, String path) throws IOException {
    tree.remove(path, false);
  }

  @Override
  protected void doRename(int id, String from, String to, int flags) throws IOException {
    tree.rename(from, to, (flags & SftpConstants.SSH_FXP_RENAME_OVERWRITE) != 0);
  }

  @Override
  protected void createLink(int id, String existing, String link, boolean symbolic)
      throws IOException {
    if (symbolic) {
      tree.link(link, existing);
    } else {
      tree.hardLink(link, existing);
    }
  }

  @Override
  protected void doOpenSSHFsync(int id, String handle) throws IOException {
    file(handle).force();
  }

  @Override
  String linkText(String path) throws IOException {
    return tree.linkText(path);
  }

  @Override
  String realName(String path) throws IOException {
    return tree.realName(path);
  }

  @Override
  String openDirectory(String path) throws IOException {
    opened.checkRoom();
    return opened.add(tree.list(path));
  }

  @Override
  Listing listing(String handle) throws IOException {
    return opened.get(handle, Listing.class);
  }

  @Override
  Map<String, Object> facts(Listing.Entry entry) throws IOException {
    return tree.facts(entry);
  }

  @Override
  SpaceReply space(String path) throws IOException {
    return tree.space(path);
  }

  @Override
  SpaceReply spaceOfHandle(String handle) throws IOException {
    return tree.space(file(handle));
  }

  @Override
  public void start(ChannelSession channel, Environment environment) throws IOException {
    sessions.add(this);
    try {
      super.start(channel, environment);
    } catch (IOException e) {
      sessions.remove(this);
      throw e;
    }
  }

  /** SSHD calls this on the thread that used the handles, as the last of all. */
  @Override
  protected void closeAllHandles() {
    try {
      opened.closeAll();
    } catch (IOException e) {
      sessions.failed(e);
    } finally {
      sessions.remove(this);
    }
  }
}
