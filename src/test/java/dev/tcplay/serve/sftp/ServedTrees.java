package dev.tcplay.serve.sftp;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.nio.DrivenVolumes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.common.SftpException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Trees of all kinds, ours and others, served to a client. */
abstract class ServedTrees {

  static final String KINDS = "default,jimfs,toy,FAT16,exFAT";
  private Client client;

  @TempDir private Path folder;

  @BeforeEach
  final void start() {
    client = new Client();
  }

  @AfterEach
  final void stop() {
    client.close();
  }

  interface Body {
    void run(SftpClient sftp, Path tree) throws Exception;
  }

  void onAll(Body body) throws Exception {
    for (String kind : KINDS.split(",", -1)) {
      try {
        on(kind, false, body);
      } catch (TestAbortedException e) {
        throw e;
      } catch (Exception | AssertionError e) {
        throw new AssertionError("on " + kind, e);
      }
    }
  }

  void on(String kind, boolean readOnly, Body body) throws Exception {
    switch (kind) {
      case "default" -> serve(Files.createDirectory(folder.resolve("tree")), readOnly, body);
      case "jimfs", "toy" -> {
        try (FileSystem fileSystem =
            kind.equals("toy") ? DrivenVolumes.toy() : Jimfs.newFileSystem(Configuration.unix())) {
          serve(fileSystem.getPath("/"), readOnly, body);
        }
      }
      default -> {
        PlainVolume volume = new PlainVolume(folder, kind, 16 << 20);
        serve(volume.root(), readOnly, body);
        volume.closeSound();
      }
    }
  }

  private void serve(Path tree, boolean readOnly, Body body) throws Exception {
    try (SftpServer server =
            SftpServer.of(tree).readOnly(readOnly).password(Client.PASSWORD.toCharArray()).start();
        SftpClient sftp = client.sftp(server)) {
      body.run(sftp, tree);
    }
  }

  static void put(SftpClient sftp, String path, String text) throws IOException {
    try (SftpClient.CloseableHandle handle =
        sftp.open(path, OpenMode.Write, OpenMode.Create, OpenMode.Truncate)) {
      sftp.write(handle, 0, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  static int status(IoAction action) {
    return assertThrows(SftpException.class, action::run).getStatus();
  }

  interface IoAction {
    void run() throws IOException;
  }
}
