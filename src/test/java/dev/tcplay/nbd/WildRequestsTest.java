package dev.tcplay.nbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.testing.Seeds;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Clients that break every rule, {@code -Dtcplay.wild} requests (2,000): the server serves on. */
@Timeout(300)
@ResourceLock("the default handler of uncaught exceptions")
class WildRequestsTest {

  private static final int REQUESTS = Integer.getInteger("tcplay.wild", 2000);
  private static final int SIZE = 1 << 20;

  @TempDir private Path folder;

  @Test
  void nothingThatAClientSendsHarmsTheServer() throws Exception {
    Random random = new Random(Seeds.of("WildRequestsTest"));
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
    int answered = 0;
    int ended = 0;
    try (Served served = new Served(folder, new MemoryDevice(SIZE), true)) {
      for (int sent = 0; sent < REQUESTS; ) {
        try (RawClient client = new RawClient(served.address)) {
          if (random.nextInt(3) == 0) {
            sent++;
            wildOptions(client, random);
          } else {
            client.greet().begin(random.nextBoolean());
            for (int i = random.nextInt(40); i >= 0; i--) {
              sent++;
              answered += wildRequest(client, random);
            }
          }
        } catch (EOFException | SocketException e) {
          ended++;
        } catch (IOException e) {
          // "Broken pipe", whose class differs by the kind of the socket.
          ended++;
        }
      }
      try (RawClient sane = served.client()) {
        assertEquals(SIZE, sane.begin(true));
        assertEquals(0, sane.error(1, 1, 0, 1, (byte) 1));
      }
      assertEquals(List.of(), served.failures);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertEquals(List.of(), uncaught);
    assertTrue(answered > REQUESTS / 10, "answered " + answered);
    System.out.printf("WildRequestsTest: %d answered, %d connections ended%n", answered, ended);
  }

  /** Sends bytes that may begin like a handshake, and goes away. */
  private static void wildOptions(RawClient client, Random random) throws IOException {
    if (random.nextBoolean()) {
      client.greet();
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      byte[] data = new byte[random.nextInt(64)];
      random.nextBytes(data);
      client.out.writeLong(random.nextInt(8) == 0 ? random.nextLong() : 0x49484156454F5054L);
      client.out.writeInt(random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(12));
      client.out.writeInt(random.nextInt(4) == 0 ? random.nextInt() : data.length);
      client.out.write(data);
    }
  }

  /** Sends one request; returns 1 if it was answered. */
  private static int wildRequest(RawClient client, Random random) throws IOException {
    int type = random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(9);
    int flags = random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(2);
    long offset = random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(SIZE);
    int length = random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(4096);
    if (random.nextInt(50) == 0) {
      byte[] noise = new byte[random.nextInt(100)];
      random.nextBytes(noise);
      client.out.write(noise);
      return 0;
    }
    client.request(flags, type, 3, offset, length);
    if ((type & 0xFFFF) == 2) {
      return 0;
    }
    if ((type & 0xFFFF) == 1) {
      if (length < 0 || length > 4096) {
        // The rest never comes.
        client.out.write(new byte[random.nextInt(4096)]);
        throw new EOFException();
      }
      client.out.write(new byte[length]);
    }
    RawClient.Reply reply = client.reply((type & 0xFFFF) == 0 ? length : 0);
    while (!reply.isLast()) {
      reply = client.reply(0);
    }
    return 1;
  }
}
