package dev.tcplay.cli;

import dev.tcplay.model.Keys;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process that {@code map --background} starts. Its arguments come by the pipe at its standard
 * input, passwords apart from the others, and what else it reads does, on demand; what it prints
 * goes back by the other pipe, a kind, a length and bytes each, until it serves.
 */
final class BackgroundServer {

  static final int OUT = 'O';
  static final int ERR = 'E';

  /** Asks for a byte of standard input; the answer is an int, -1 at the end. */
  static final int READ = 'R';

  /** Asks a person; the answer is a number of characters, -1 for none, and the characters. */
  static final int ASK = 'Q';

  /** The volume is served: this process needs the other one no more. */
  static final int SERVES = 'S';

  private static volatile @Nullable BackgroundServer current;

  private final List<Keys> passwords = new ArrayList<>();
  private final DataInputStream in;
  private final DataOutputStream out;
  private boolean detached;

  private BackgroundServer(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = new DataOutputStream(out);
  }

  /** Returns what this process is, null if it is none that serves in the background. */
  static @Nullable BackgroundServer current() {
    return current;
  }

  /** Runs a command as the process that has started this one would. */
  public static void main(String[] none) throws IOException {
    BackgroundServer server =
        new BackgroundServer(
            new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    current = server;
    for (int left = server.in.readInt(); left > 0; left--) {
      System.setProperty(server.text(), server.text());
    }
    for (int left = server.in.readInt(); left > 0; left--) {
      server.takePassword();
    }
    String[] arguments = new String[server.in.readInt()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = server.text();
    }
    Main.runAndExit(server.terminal(), arguments);
  }

  private void takePassword() throws IOException {
    byte[] bytes = in.readNBytes(in.readInt());
    try {
      passwords.add(Keys.of(bytes));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Returns the password for which an argument stands, for the one who closes it. */
  Keys password(String number) {
    return passwords.get(Integer.parseInt(number));
  }

  private String text() throws IOException {
    byte[] bytes = in.readNBytes(in.readInt());
    try {
      return new String(bytes, StandardCharsets.UTF_8);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private Terminal terminal() {
    PrintStream err = new PrintStream(new Sender(ERR), true, StandardCharsets.UTF_8);
    return new Terminal(new Asker(), new Output(new Sender(OUT)), err, this::ask, null);
  }

  /** Says that all is well, and lets the other process go. */
  synchronized void detach() throws IOException {
    out.writeByte(SERVES);
    out.writeInt(0);
    detached = true;
    out.close();
    in.close();
  }

  private synchronized void send(int kind, byte[] bytes, int offset, int length)
      throws IOException {
    if (!detached) {
      out.writeByte(kind);
      out.writeInt(length);
      out.write(bytes, offset, length);
      out.flush();
    }
  }

  private synchronized char @Nullable [] ask(String question) {
    try {
      byte[] bytes = question.getBytes(StandardCharsets.UTF_8);
      send(ASK, bytes, 0, bytes.length);
      int length = in.readInt();
      if (length < 0) {
        return null;
      }
      char[] answer = new char[length];
      for (int i = 0; i < length; i++) {
        answer[i] = in.readChar();
      }
      return answer;
    } catch (IOException e) {
      return null; // nobody is there any more
    }
  }

  /** What the other process prints. */
  private final class Sender extends OutputStream {

    private final int kind;

    Sender(int kind) {
      this.kind = kind;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      send(kind, bytes, offset, length);
    }
  }

  /** What the other process reads, byte by byte, since nobody knows how much is ours. */
  private final class Asker extends InputStream {

    @Override
    public int read() throws IOException {
      synchronized (BackgroundServer.this) {
        send(READ, new byte[0], 0, 0);
        return in.readInt();
      }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int next = read();
      if (next < 0) {
        return -1;
      }
      target[offset] = (byte) next;
      return 1;
    }
  }
}
