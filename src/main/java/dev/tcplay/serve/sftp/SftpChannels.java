package dev.tcplay.serve.sftp;

import java.io.IOException;
import java.util.List;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.sftp.common.SftpConstants;

/** Makes channels in which a client can ask for SFTP, and for nothing else. */
final class SftpChannels implements ChannelFactory {

  @Override
  public String getName() {
    return "session";
  }

  @Override
  public Channel createChannel(Session session) {
    return new SftpOnly();
  }

  private static final class SftpOnly extends ChannelSession {

    SftpOnly() {
      super(List.of());
    }

    @Override
    protected RequestHandler.Result handleInternalRequest(
        String request, boolean wantReply, Buffer buffer) throws IOException {
      return request.equals("subsystem")
          ? super.handleInternalRequest(request, wantReply, buffer)
          : RequestHandler.Result.ReplyFailure;
    }

    @Override
    protected RequestHandler.Result handleSubsystemParsed(String request, String name)
        throws IOException {
      return name.equals(SftpConstants.SFTP_SUBSYSTEM_NAME)
          ? super.handleSubsystemParsed(request, name)
          : RequestHandler.Result.ReplyFailure;
    }
  }
}
