package dev.tcplay.cli;

import dev.tcplay.ContainerOpener;
import dev.tcplay.OpenContainer;
import dev.tcplay.cli.tls.TlsCertificates;
import dev.tcplay.nbd.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcplay map}: serves a volume to other programs until it is stopped. */
@Command(
    name = "map",
    description = {
      "Serves the decrypted volume as a block device by NBD, until unmap, SIGTERM or Ctrl-C, and"
          + " prints the URI for clients as soon as it serves."
    })
final class MapCommand extends VolumeCommand {

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "What the mapped volume is called, and its socket NAME.sock.")
  private String name = "";

  @Option(
      names = {"-r", "--read-only"},
      description = "Refuse all writes.")
  private boolean readOnly;

  @Option(
      names = {"-t", "--allow-discards"},
      description = "Let clients say which parts are of no further use.")
  private boolean discards;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS:PORT",
      converter = ListenAddress.class,
      description = {
        "Serve at this port, too; 0 for any port. Without --tls-certificates the address is one of"
            + " this machine, such as 127.0.0.1."
      })
  private @Nullable InetSocketAddress listen;

  @Option(
      names = "--tls-certificates",
      paramLabel = "DIR",
      description = {
        "With --listen: serve there by TLS only, with server-cert.pem and server-key.pem in DIR, to"
            + " clients whose certificate ca-cert.pem has signed and ca-crl.pem, if there is one,"
            + " does not list."
      })
  private @Nullable Path certificates;

  @Option(
      names = "--background",
      description = "Return as soon as a process of its own serves, which outlives the terminal.")
  private boolean background;

  private int status;

  private MapCommand(Terminal terminal) {
    super(terminal);
  }

  /** Returns the command, whose FILE comes second. */
  static CommandLine create(Terminal terminal) {
    CommandLine line = new CommandLine(new MapCommand(terminal));
    CommandSpec spec = line.getCommandSpec();
    for (PositionalParamSpec each :
        spec.positionalParameters().toArray(PositionalParamSpec[]::new)) {
      if (each.paramLabel().equals("FILE")) {
        spec.remove(each);
        spec.addPositional(PositionalParamSpec.builder(each).index("1").build());
      }
    }
    return line;
  }

  @Override
  void run() throws IOException {
    checkName(name);
    checkListen();
    RunFolder folder = RunFolder.ofUser();
    // Before a password is asked for or a key derived.
    folder.checkFree(name);
    if (background && BackgroundServer.current() == null) {
      status = new BackgroundStart(terminal()).run(line());
      return;
    }
    Path pems = certificates;
    Tls tls = pems == null ? null : new Tls(TlsCertificates.mutual(pems).getSocketFactory());
    OpenContainer container = open(this::openVolume);
    container.warnings().forEach(this::warn);
    new Serving(terminal(), container)
        .run(
            () -> folder.claim(name),
            claim -> new MappedVolume(claim, file(), container, discards, listen, tls));
  }

  /** Whoever reaches another address could read the volume. */
  private void checkListen() {
    InetSocketAddress address = listen;
    if (certificates != null) {
      if (address == null) {
        throw misuse("--tls-certificates goes with --listen");
      }
    } else if (address != null && !address.getAddress().isLoopbackAddress()) {
      throw misuse(ListenAddress.IN_CLEAR);
    }
  }

  private OpenContainer openVolume(ContainerOpener opener) throws IOException {
    return opener.readOnly(readOnly).open();
  }

  @Override
  int status() {
    return status;
  }
}
