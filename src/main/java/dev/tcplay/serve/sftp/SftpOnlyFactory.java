package dev.tcplay.serve.sftp;

import java.io.IOException;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.server.SftpSubsystemConfigurator;

/** Begins a talk with a client that asks for SFTP. */
final class SftpOnlyFactory implements SubsystemFactory {

  private final SftpSubsystemConfigurator settings;
  private final TreeRequests tree;
  private final SftpSessions sessions;

  SftpOnlyFactory(SftpSubsystemConfigurator settings, TreeRequests tree, SftpSessions sessions) {
    this.settings = settings;
    this.tree = tree;
    this.sessions = sessions;
  }

  @Override
  public String getName() {
    return SftpConstants.SFTP_SUBSYSTEM_NAME;
  }

  @Override
  public Command createSubsystem(ChannelSession channel) throws IOException {
    return new SftpSession(channel, settings, tree, sessions);
  }
}
