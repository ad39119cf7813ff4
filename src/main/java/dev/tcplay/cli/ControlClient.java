package dev.tcplay.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Asks a {@link ControlServer}. */
final class ControlClient {

  private static final String ENDED = ": its process has ended without an answer";

  private ControlClient() {}

  /**
   * Asks the process that serves a volume.
   *
   * @param channel which is closed
   * @return what it answers, without the first line
   * @throws SilentProcessException if another thread has closed the channel meanwhile
   * @throws IOException if it refuses, or ends without an answer
   */
  static String ask(SocketChannel channel, String name, String request) throws IOException {
    List<String> lines = exchange(channel, name, request);
    if (lines.isEmpty()) {
      throw new IOException(name + ENDED);
    } else if (!lines.get(0).equals(ControlServer.OK)) {
      throw new IOException(name + ": " + lines.get(0));
    }
    return lines.stream().skip(1).map(line -> line + "\n").collect(Collectors.joining());
  }

  private static List<String> exchange(SocketChannel channel, String name, String request)
      throws IOException {
    try (channel) {
      Channels.newOutputStream(channel).write((request + "\n").getBytes(StandardCharsets.UTF_8));
      BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
      List<String> lines = new ArrayList<>();
      for (String line = in.readLine(); line != null; ) {
        lines.add(line);
        // Behind a refusal comes nothing, or the end of a connection where too much was said.
        line = lines.get(0).equals(ControlServer.OK) ? in.readLine() : null;
      }
      return lines;
    } catch (ClosedChannelException e) {
      // Who asks has lost patience.
      throw new SilentProcessException(name, "", e);
    } catch (IOException e) {
      throw new IOException(name + ENDED, e);
    }
  }
}
