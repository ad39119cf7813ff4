package dev.tcplay.serve.sftp;

import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.apache.sshd.sftp.SftpModuleProperties;

/** How SSHD is set up: what it offers, and its limits. */
final class SshSettings {

  private static final Duration LOGIN_LIMIT = Duration.ofSeconds(30);
  private static final int LOGIN_TRIES = 6;
  private static final int CHANNELS = 8;
  private static final long WINDOW = 2 << 20;
  private static final int BUFFER = 64 * 1024;
  private static final Duration NEVER = Duration.ofDays(3650);

  /** Those of certificates are left out, and those with SHA-1. */
  private static final List<BuiltinSignatures> SIGNATURES =
      List.of(
          BuiltinSignatures.ed25519,
          BuiltinSignatures.nistp256,
          BuiltinSignatures.nistp384,
          BuiltinSignatures.nistp521,
          BuiltinSignatures.sk_ssh_ed25519,
          BuiltinSignatures.sk_ecdsa_sha2_nistp256,
          BuiltinSignatures.rsaSHA512,
          BuiltinSignatures.rsaSHA256);

  private SshSettings() {}

  static SshServer server(KeyPair hostKey, Logins logins, Duration idleLimit) {
    SshServer ssh =
        ServerBuilder.builder()
            // Those with SHA-1 are not needed any more; compression would let who has not logged
            // in yet send little that becomes much.
            .macFactories(
                List.of(
                    BuiltinMacs.hmacsha256etm,
                    BuiltinMacs.hmacsha512etm,
                    BuiltinMacs.hmacsha256,
                    BuiltinMacs.hmacsha512))
            .signatureFactories(supported(SIGNATURES))
            .compressionFactories(List.of(BuiltinCompressions.none))
            .channelFactories(List.of(new SftpChannels()))
            .globalRequestHandlers(
                List.of(KeepAliveHandler.INSTANCE, NoMoreSessionsHandler.INSTANCE))
            .forwardingFilter(RejectAllForwardingFilter.INSTANCE)
            .build();
    ssh.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    allow(ssh, logins);
    limit(ssh, idleLimit.isZero() ? NEVER : idleLimit);
    return ssh;
  }

  private static List<NamedFactory<Signature>> supported(List<BuiltinSignatures> wanted) {
    return wanted.stream()
        .filter(BuiltinSignatures::isSupported)
        .<NamedFactory<Signature>>map(signature -> signature)
        .toList();
  }

  private static void allow(SshServer ssh, Logins logins) {
    List<UserAuthFactory> ways = new ArrayList<>();
    if (logins.takesKeys()) {
      ways.add(UserAuthPublicKeyFactory.INSTANCE);
    }
    if (logins.takesPasswords()) {
      ways.add(UserAuthPasswordFactory.INSTANCE);
    }
    ssh.setUserAuthFactories(ways);
    // By default SSHD asks ~/.ssh/authorized_keys.
    ssh.setPublickeyAuthenticator(logins.takesKeys() ? logins : null);
    ssh.setPasswordAuthenticator(logins.takesPasswords() ? logins : null);
    ssh.setKeyboardInteractiveAuthenticator(null);
  }

  private static void limit(SshServer ssh, Duration idle) {
    CoreModuleProperties.AUTH_TIMEOUT.set(ssh, LOGIN_LIMIT);
    CoreModuleProperties.MAX_AUTH_REQUESTS.set(ssh, LOGIN_TRIES);
    CoreModuleProperties.IDLE_TIMEOUT.set(ssh, idle);
    CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(ssh, CHANNELS);
    // A client that was stopped for a while may go on.
    CoreModuleProperties.BUFFERED_IO_OUTPUT_MAX_PENDING_WRITE_WAIT.set(ssh, idle);
    CoreModuleProperties.SERVER_IDENTIFICATION.set(ssh, "tcplay");
    CoreModuleProperties.WINDOW_SIZE.set(ssh, WINDOW);
    CoreModuleProperties.NIO2_READ_BUFFER_SIZE.set(ssh, BUFFER);
    CoreModuleProperties.TCP_NODELAY.set(ssh, true);
    SftpModuleProperties.SFTP_VERSION.set(ssh, 3);
    SftpModuleProperties.MAX_READDATA_PACKET_LENGTH.set(ssh, GuardedSubsystem.LONGEST_TRANSFER);
    SftpModuleProperties.MAX_WRITEDATA_PACKET_LENGTH.set(ssh, GuardedSubsystem.LONGEST_TRANSFER);
    SftpModuleProperties.MAX_OPEN_HANDLES_PER_SESSION.set(ssh, Handles.LIMIT);
  }
}
