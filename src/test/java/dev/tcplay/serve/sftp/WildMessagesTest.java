package dev.tcplay.serve.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Seeds;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.sftp.common.SftpConstants;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that break every rule of SFTP, {@code -Dtcplay.wild} messages (2,000) for each type of
 * volume: the server answers or ends the talk, and the volume stays whole.
 */
@Timeout(300)
@ResourceLock("the default handler of uncaught exceptions")
class WildMessagesTest {

  private static final int MESSAGES = Integer.getInteger("tcplay.wild", 2000);

  private static final String[] EXTENSIONS = {
    "posix-rename@openssh.com",
    "statvfs@openssh.com",
    "fstatvfs@openssh.com",
    "hardlink@openssh.com",
    "fsync@openssh.com",
    "lsetstat@openssh.com",
    "limits@openssh.com",
    "copy-file",
    "copy-data",
    "check-file-name",
    "check-file-handle",
    "md5-hash",
    "md5-hash-handle",
    "space-available",
    "text-seek",
    "version-select",
    "expand-path@openssh.com",
    "home-directory",
    "users-groups-by-id@openssh.com"
  };

  private static final String[] NAMES = {
    "a",
    "b",
    "d",
    "d/a",
    "d/e",
    "d/e/f",
    "../secret",
    "/",
    "",
    ".",
    "..",
    "A",
    "long name.txt",
    "\u00fcml\u00e4ut",
    "con",
    "a:b",
    "a\u0000b",
    "a*?",
    "trailing.",
    " ",
    "d/../../secret"
  };

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"FAT16", "exFAT"})
  void nothingThatAClientSendsHarms(String type) throws Exception {
    Random random = new Random(Seeds.of("WildMessagesTest"));
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
    PlainVolume volume = new PlainVolume(folder, type, 8 << 20);
    Path tree = Files.createDirectory(volume.root().resolve("tree"));
    Files.writeString(volume.root().resolve("secret"), "outside");
    int answered = 0;
    int ended = 0;
    try (Client client = new Client();
        SftpServer server = SftpServer.of(tree).password(Client.PASSWORD.toCharArray()).start();
        ClientSession session = client.login(server)) {
      for (int sent = 0; sent < MESSAGES; ) {
        try (RawSftp sftp = new RawSftp(session)) {
          if (random.nextInt(20) > 0) {
            sftp.begin();
          }
          List<String> handles = new ArrayList<>();
          for (int i = random.nextInt(200); i >= 0; i--) {
            sent++;
            wildMessage(sftp, random, handles);
            answered++;
          }
        } catch (EOFException e) {
          ended++;
        } catch (IOException e) {
          // The channel was closed while the client wrote.
          ended++;
        }
      }
      try (RawSftp sane = new RawSftp(session).begin()) {
        assertEquals(
            "message " + SftpConstants.SSH_FXP_NAME,
            sane.ask(SftpConstants.SSH_FXP_REALPATH, ".").text());
      }
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertEquals("outside", Files.readString(volume.root().resolve("secret")));
    try (Stream<Path> outside = Files.list(volume.root())) {
      assertEquals(2, outside.count());
    }
    volume.closeSound();
    assertEquals(List.of(), uncaught);
    assertTrue(answered > MESSAGES / 2, "answered " + answered);
    System.out.printf("WildMessagesTest: %d answered, %d talks ended%n", answered, ended);
  }

  private static void wildMessage(RawSftp sftp, Random random, List<String> handles)
      throws IOException {
    if (random.nextInt(200) == 0) {
      byte[] noise = new byte[4 + random.nextInt(100)];
      random.nextBytes(noise);
      // As a length it is none: the talk ends.
      noise[0] |= (byte) (random.nextBoolean() ? 0x80 : 0x01);
      sftp.raw(noise);
      sftp.receive();
      return;
    }
    int type = random.nextInt(10) == 0 ? random.nextInt(256) : 1 + random.nextInt(25) % 23;
    if (random.nextInt(8) == 0) {
      type = SftpConstants.SSH_FXP_EXTENDED;
    }
    Buffer request = sftp.request(type);
    if (type == SftpConstants.SSH_FXP_EXTENDED) {
      request.putString(EXTENSIONS[random.nextInt(EXTENSIONS.length)]);
    }
    for (int parts = random.nextInt(6); parts >= 0; parts--) {
      putPart(request, random, handles, parts);
    }
    byte[] message = request.getCompactData();
    if (random.nextInt(10) == 0) {
      message = Arrays.copyOf(message, 5 + random.nextInt(message.length - 4));
    }
    sftp.send(message);
    RawSftp.Reply reply = sftp.receive();
    if (reply.type() == SftpConstants.SSH_FXP_HANDLE) {
      handles.add(reply.handle());
      if (handles.size() > 20) {
        handles.remove(0);
      }
    }
  }

  private static void putPart(Buffer request, Random random, List<String> handles, int part) {
    switch (random.nextInt(part > 2 ? 3 : 7)) {
      case 0 -> request.putString(NAMES[random.nextInt(NAMES.length)]);
      case 1 ->
          request.putString(
              handles.isEmpty() ? "0" : handles.get(random.nextInt(handles.size())),
              StandardCharsets.ISO_8859_1);
      case 2 -> request.putInt(random.nextInt(64));
      case 3 -> request.putLong(random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(9000));
      case 4 -> request.putInt(random.nextInt());
      case 5 -> {
        byte[] data = new byte[random.nextInt(3000)];
        random.nextBytes(data);
        request.putBytes(data);
      }
      default -> {
        // Attributes.
        request.putInt(random.nextInt(16));
        request.putLong(random.nextInt(8) == 0 ? random.nextLong() : random.nextInt(100_000));
        request.putInt(random.nextInt(010000));
        request.putInt(random.nextInt());
        request.putInt(random.nextInt());
      }
    }
  }
}
