package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What those are told who ask the process of a volume, also at its end. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class ControlServerTest {

  @TempDir private Path parent;

  private RunFolder folder() {
    return new RunFolder(parent.resolve("tcplay"));
  }

  /** Clients go away, ask what nobody knows, and ask for facts that cannot be had. */
  @Test
  void whateverClientsDoTheNextOneIsAnswered() throws Exception {
    RunFolder folder = folder();
    Map<String, Object> facts = new LinkedHashMap<>(Map.of("name", "vol", "file", "/f"));
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    try (Claim claim = folder.claim("vol")) {
      ControlServer control = new ControlServer(claim.control());
      control.start(
          () -> {
            if (failure.get() != null) {
              throw failure.get();
            }
            return facts;
          },
          List::of);
      for (int i = 0; i < 100; i++) {
        folder.find("vol").orElseThrow().close();
        assertEquals("vol: unknown request", refusal(folder, "x".repeat(i)));
      }
      failure.set(new IllegalStateException("nobody knows"));
      assertEquals(
          "vol: internal error: IllegalStateException: nobody knows",
          refusal(folder, ControlServer.STATUS));
      failure.set(null);
      SocketChannel last = folder.find("vol").orElseThrow();
      assertEquals("vol: /f\n", ControlClient.ask(last, "vol", ControlServer.LINE));
    }
  }

  /** A program that uses a mount is in the way of who is patient, and of nobody else. */
  @Test
  void whoIsPatientIsRefusedAndWhoIsNotGetsTheEnd() throws Exception {
    RunFolder folder = folder();
    try (Claim claim = folder.claim("vol")) {
      ControlServer control = new ControlServer(claim.control());
      control.start(Map::of, List::of);
      Thread owner =
          new Thread(
              () -> {
                try {
                  for (EndWish wish = control.awaitWish();
                      wish.isPatient();
                      wish = control.awaitWish()) {
                    wish.refuse("is in use");
                  }
                } catch (InterruptedException e) {
                  return;
                }
                control.ended(ControlServer.OK);
              });
      owner.start();
      assertEquals("vol: is in use", refusal(folder, ControlServer.END));
      assertEquals("vol: is in use", refusal(folder, ControlServer.END));
      new Mappings(folder).cutOff("vol");
      owner.join();
    }
    assertThrows(NotMappedException.class, () -> new Mappings(folder).cutOff("vol"));
  }

  /** A volume may end by itself just when somebody asks for that. */
  @Test
  void whoeverHasComeBeforeTheNameWasGoneIsToldOfTheEnd() throws Exception {
    RunFolder folder = folder();
    ByteBuffer request =
        ByteBuffer.wrap((ControlServer.END + "\n").getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < 200; i++) {
      Claim claim = folder.claim("vol");
      ControlServer control = new ControlServer(claim.control(), Duration.ofMinutes(1));
      control.start(Map::of, List::of);
      try (SocketChannel client = folder.find("vol").orElseThrow()) {
        client.write(request.rewind());
        claim.close();
        control.ended(ControlServer.OK);
        // The process may be gone from here on, so the answer must be on its way.
        client.configureBlocking(false);
        ByteBuffer answer = ByteBuffer.allocate(3);
        assertEquals(3, client.read(answer));
        assertEquals("ok\n", new String(answer.array(), StandardCharsets.UTF_8));
      }
      assertFalse(claim.control().isOpen());
    }
  }

  /** What is in use stays, and the way to end it all the same is named. */
  @Test
  void aVolumeInUseIsServedOnUntilItsClientsAreCutOff() throws Exception {
    RunFolder folder = folder();
    CountDownLatch closed = new CountDownLatch(1);
    Service busy =
        new Service() {
          @Override
          public List<String> announcement() {
            return List.of();
          }

          @Override
          public Map<String, @Nullable Object> facts() {
            return Map.of();
          }

          @Override
          public void release() throws IOException {
            throw new FileSystemException("/mnt", null, "is in use");
          }

          @Override
          public void close() {
            closed.countDown();
          }
        };
    Claim claim = folder.claim("vol");
    Serving serving =
        new Serving(
            new Terminal(
                InputStream.nullInputStream(),
                new Output(OutputStream.nullOutputStream()),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                container -> null,
                null),
            () -> {});
    Thread process =
        new Thread(
            () -> {
              try {
                serving.run(() -> claim, name -> busy);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    process.start();
    IOException refused = assertThrows(IOException.class, () -> new Mappings(folder).end("vol"));
    assertEquals(
        "vol: /mnt: is in use; `tcplay unmap --force vol` ends it all the same",
        refused.getMessage());
    assertEquals(1, closed.getCount());
    new Mappings(folder).cutOff("vol");
    process.join();
    assertEquals(0, closed.getCount());
    assertThrows(NotMappedException.class, () -> new Mappings(folder).end("vol"));
  }

  @Test
  void aProcessThatEndsOrWaitsIsNamed() throws Exception {
    RunFolder folder = folder();
    try (Claim claim = folder.claim("vol")) {
      SocketChannel impatient = folder.find("vol").orElseThrow();
      impatient.close();
      assertEquals("vol: its process does not answer", refusal(impatient));
      SocketChannel left = folder.find("vol").orElseThrow();
      for (int i = 0; i < 2; i++) {
        claim.control().accept().close();
      }
      assertEquals("vol: its process has ended without an answer", refusal(left));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theProcessOfASocketIsFound() throws Exception {
    RunFolder folder = folder();
    try (Claim claim = folder.claim("vol")) {
      String own = Long.toString(ProcessHandle.current().pid());
      assertEquals(Optional.of(own), SocketProcess.of(folder.control(claim.name())));
      assertEquals(Optional.empty(), SocketProcess.of(folder.control("other")));
    }
  }

  /**
   * Any process closes files at any time, between the list of its descriptors and a look at one.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void theProcessOfASocketIsFoundThoughItClosesOthers() throws Exception {
    Path proc = Files.createDirectories(parent.resolve("proc"));
    Path socket = Path.of("/run/vol.control");
    Files.writeString(
        Files.createDirectories(proc.resolve("net")).resolve("unix"),
        "0000: 00000002 00000000 00010000 0001 01 77 " + socket + "\n");
    Path descriptors = Files.createDirectories(proc.resolve("12/fd"));
    // More than one, whatever the order of the listing: each is no link, as one that is closed.
    for (int i = 0; i < 9; i++) {
      Files.createFile(descriptors.resolve(i + ""));
    }
    Files.createSymbolicLink(descriptors.resolve("9"), Path.of("socket:[77]"));
    assertEquals(Optional.of("12"), SocketProcess.of(socket, proc));
    assertEquals(Optional.empty(), SocketProcess.of(Path.of("/run/other.control"), proc));
  }

  @Test
  void whatIsMountedNoLongerIsToldAsThat() throws Exception {
    RunFolder folder = folder();
    try (Claim claim = folder.claim("vol")) {
      ControlServer control = new ControlServer(claim.control());
      control.start(
          () -> Map.of(Serving.NAME, "vol", VolumeFacts.FILE, "/c.hc", "detached", "/mnt"),
          List::of);
      assertEquals(
          "vol: /c.hc, detached from /mnt, still in use\n",
          new Mappings(folder).ask("vol", ControlServer.LINE));
      control.ended(ControlServer.OK);
    }
  }

  private static String refusal(SocketChannel channel) {
    return String.valueOf(
        assertThrows(
                IOException.class, () -> ControlClient.ask(channel, "vol", ControlServer.STATUS))
            .getMessage());
  }

  private static String refusal(RunFolder folder, String request) throws IOException {
    SocketChannel channel = folder.find("vol").orElseThrow();
    return String.valueOf(
        assertThrows(IOException.class, () -> ControlClient.ask(channel, "vol", request))
            .getMessage());
  }
}
