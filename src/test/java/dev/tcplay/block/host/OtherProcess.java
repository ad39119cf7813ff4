package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A JVM of its own that opens a host as our devices do, or as an earlier release did. */
final class OtherProcess implements AutoCloseable {

  /** The answer to what succeeded. */
  static final String DONE = "done";

  /** The reason of a refusal. */
  static final String IN_USE = "in use by another process";

  /** The answer to what failed as the lock was lost, or somebody else has written. */
  static final String LOST = "lost";

  private final Process process;
  private final PrintStream commands;
  private final BufferedReader answers;

  OtherProcess(Path file) throws IOException {
    process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    ask("ready");
  }

  /** Opens the file to read it, and locks it. */
  String read() throws IOException {
    return ask("read");
  }

  /** Opens the file to write it, and locks it. */
  String write() throws IOException {
    return ask("write");
  }

  /** Writes a byte to the beginning of the file that is open, and forces it. */
  String put(int value) throws IOException {
    return ask("put " + value);
  }

  /** Drops the locks of what is open, as any program may without knowing. */
  String drop() throws IOException {
    return ask("drop");
  }

  /** Sends the process a signal, by its name. */
  void signal(String name) throws IOException {
    // The shell has a kill of its own, where there may be no other.
    Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start();
    assertEquals(0, kill.onExit().join().exitValue());
  }

  /** Closes what is open. */
  String leave() throws IOException {
    return ask("leave");
  }

  /** Tries to open the file to write it many times; returns how often it was refused. */
  int tryToWrite(int times) throws IOException {
    return Integer.parseInt(ask("try " + times));
  }

  /** Locks the file as releases did that knew one byte only. */
  String lockAsEarlier() throws IOException {
    return ask("earlier");
  }

  private String ask(String command) throws IOException {
    begin(command);
    return answer();
  }

  void begin(String command) {
    commands.println(command);
  }

  String answer() throws IOException {
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the other process has ended");
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    commands.close();
    int status = process.onExit().join().exitValue();
    if (status != 0) {
      throw new IOException("the other process ended with " + status);
    }
  }

  private static @Nullable FileDevice device;
  private static @Nullable FileChannel earlier;

  /** Obeys the commands of the process that started this one. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String command;
    while ((command = commands.readLine()) != null) {
      System.out.println(answer(file, command.split(" ")));
    }
  }

  private static String answer(Path file, String[] command) throws IOException {
    try {
      switch (command[0]) {
        case "read", "write" ->
            device =
                FileDevice.open(
                    file, command[0].equals("read") ? HostOpen.reading() : HostOpen.writing());
        case "put" -> {
          device.write(0, new byte[] {Byte.parseByte(command[1])}, 0, 1);
          device.flush();
        }
        case "drop" -> FileChannel.open(file).close();
        case "leave" -> closeAll();
        case "try" -> {
          return Integer.toString(refusals(file, Integer.parseInt(command[1])));
        }
        case "earlier" -> {
          earlier = FileChannel.open(file, StandardOpenOption.WRITE);
          FileLock lock = earlier.tryLock(Long.MAX_VALUE - 1, 1, false);
          if (lock == null) {
            return IN_USE;
          }
        }
        default -> {}
      }
      return DONE;
    } catch (HostInUseException e) {
      return e.getReason();
    } catch (FileSystemException e) {
      return LOST;
    }
  }

  private static void closeAll() throws IOException {
    if (device != null) {
      device.close();
      device = null;
    }
    if (earlier != null) {
      earlier.close();
      earlier = null;
    }
  }

  private static int refusals(Path file, int times) throws IOException {
    int refused = 0;
    for (int i = 0; i < times; i++) {
      try (FileDevice open = FileDevice.open(file, HostOpen.writing())) {
        open.flush();
      } catch (HostInUseException e) {
        refused++;
      }
    }
    return refused;
  }
}
