package dev.tcplay.cli;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Starts a process that runs a command in the background, and answers it until it serves. */
final class BackgroundStart {

  /**
   * Neither the end of the terminal nor its Ctrl-C ends the process: it ignores both signals, and
   * has a session of its own where the system has the tool for it.
   */
  private static final String DETACHED =
      "trap '' HUP INT; if command -v setsid >/dev/null; then exec setsid \"$@\"; fi; exec \"$@\"";

  /** How long the last words of a process that has ended may take. */
  private static final long PATIENCE_MILLIS = 2000;

  private static final int FIRST_WITH_FOREIGN_FUNCTIONS = 22;

  private final Terminal terminal;

  BackgroundStart(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Runs a command without passwords there, as {@link #run(BackgroundLine)} does. */
  int run(List<String> arguments) throws IOException {
    return run(new BackgroundLine(arguments, List.of()));
  }

  /** Runs the command there, and returns 0 as soon as it serves, or its exit status. */
  int run(BackgroundLine line) throws IOException {
    Process process = new ProcessBuilder(command()).start();
    Thread complaints = new Thread(() -> passOn(process.getErrorStream()), "tcplay-complaints");
    complaints.setDaemon(true);
    complaints.start();
    boolean heard = false;
    try (DataOutputStream to = new DataOutputStream(process.getOutputStream());
        DataInputStream from = new DataInputStream(process.getInputStream())) {
      sendProperties(to);
      send(to, line.passwords());
      send(to, line.arguments());
      to.flush();
      while (answer(from, to)) {
        heard = true;
      }
      return ExitStatus.FINE;
    } catch (EOFException e) {
      int status = statusOf(process, complaints);
      // Java's own statuses, where it cannot begin, are not ours.
      return heard ? status : ExitStatus.FAILED;
    }
  }

  /** What libraries of the system say, such as why they do not mount, until the process serves. */
  private void passOn(InputStream complaints) {
    try (complaints) {
      byte[] bytes = new byte[1024];
      for (int length = complaints.read(bytes); length >= 0; length = complaints.read(bytes)) {
        terminal.err().write(bytes, 0, length);
        terminal.err().flush();
      }
    } catch (IOException e) {
      // It is said in vain.
    }
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    if (File.separatorChar == '/' && Files.isExecutable(Path.of("/bin/sh"))) {
      command.addAll(List.of("/bin/sh", "-c", DETACHED, "sh"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dfile.encoding=UTF-8");
    String options = System.getenv().getOrDefault("TCPLAY_OPTS", "").strip();
    if (!options.isEmpty()) {
      command.addAll(List.of(options.split("\\s+")));
    }
    if (Runtime.version().feature() >= FIRST_WITH_FOREIGN_FUNCTIONS) {
      // What the manifest says counts with -jar only.
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BackgroundServer.class.getName());
    return command;
  }

  /** The library takes some of them, such as a password, which no list of processes may show. */
  private static void sendProperties(DataOutputStream to) throws IOException {
    List<String> names =
        System.getProperties().stringPropertyNames().stream()
            .filter(name -> name.startsWith("tcplay."))
            .toList();
    to.writeInt(names.size());
    for (String name : names) {
      send(to, name);
      send(to, System.getProperty(name, ""));
    }
  }

  private static void send(DataOutputStream to, List<String> texts) throws IOException {
    to.writeInt(texts.size());
    for (String text : texts) {
      send(to, text);
    }
  }

  private static void send(DataOutputStream to, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    to.writeInt(bytes.length);
    to.write(bytes);
    Arrays.fill(bytes, (byte) 0);
  }

  /** Answers one message; returns false when the process serves. */
  private boolean answer(DataInputStream from, DataOutputStream to) throws IOException {
    int kind = from.readUnsignedByte();
    byte[] bytes = from.readNBytes(from.readInt());
    switch (kind) {
      case BackgroundServer.OUT -> {
        terminal.out().bytes().write(bytes);
        terminal.out().flush();
      }
      case BackgroundServer.ERR -> {
        terminal.err().write(bytes, 0, bytes.length);
        terminal.err().flush();
      }
      case BackgroundServer.READ -> to.writeInt(terminal.in().read());
      case BackgroundServer.ASK -> ask(new String(bytes, StandardCharsets.UTF_8), to);
      default -> {
        return false;
      }
    }
    to.flush();
    return true;
  }

  private void ask(String question, DataOutputStream to) throws IOException {
    char[] typed = terminal.prompt().ask(question);
    if (typed == null) {
      to.writeInt(-1);
      return;
    }
    try {
      to.writeInt(typed.length);
      for (char each : typed) {
        to.writeChar(each);
      }
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  private static int statusOf(Process process, Thread complaints) throws IOException {
    try {
      int status = process.waitFor();
      complaints.join(PATIENCE_MILLIS);
      return status == ExitStatus.FINE ? ExitStatus.FAILED : status;
    } catch (InterruptedException e) {
      InterruptedIOException stop = new InterruptedIOException("stopped");
      stop.initCause(e);
      throw stop;
    }
  }
}
