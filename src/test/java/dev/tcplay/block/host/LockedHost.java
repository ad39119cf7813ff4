package dev.tcplay.block.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A host file that this process locks, and another process. */
abstract class LockedHost {

  @TempDir Path folder;

  Path host;

  @BeforeEach
  void makeHost() throws IOException {
    host = Files.write(folder.resolve("host"), new byte[10_000]);
  }

  /** Another process that holds a lock, or tries to, as our devices do. */
  public static final class OtherProcess {

    public static void main(String[] arguments) throws Exception {
      Path file = Path.of(arguments[0]);
      boolean readOnly = Boolean.parseBoolean(arguments[1]);
      try (FileDevice device =
          FileDevice.open(file, readOnly ? HostOpen.reading() : HostOpen.writing())) {
        System.out.println("open " + device.size());
        System.in.read();
      } catch (HostInUseException e) {
        System.out.println(e.getReason());
      }
    }

    static Process start(Path file, boolean readOnly) throws IOException {
      return new ProcessBuilder(
              ProcessHandle.current().info().command().orElse("java"),
              "-cp",
              System.getProperty("java.class.path"),
              OtherProcess.class.getName(),
              file.toString(),
              Boolean.toString(readOnly))
          .redirectErrorStream(true)
          .start();
    }

    static String firstLine(Process process) throws IOException {
      return new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    }
  }

  FileDevice open(boolean readOnly, boolean lock, String owner) throws IOException {
    HostOpen how = (readOnly ? HostOpen.reading() : HostOpen.writing()).by(owner);
    return FileDevice.open(host, lock ? how : how.unlocked());
  }
}
