package dev.tcplay.nio;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JVM of its own that puts files into containers, as any program may. */
final class OtherProgram implements AutoCloseable {

  /** How both programs open containers. */
  static final Map<String, Object> ENV =
      Map.of("password", "sesame", "pim", 1, "hash", "SHA-512", "cipher", "AES");

  /** The answer to what succeeded. */
  static final String DONE = "done";

  /** The reason of a refusal. */
  static final String IN_USE = "in use by another process";

  private final Process process;
  private final PrintStream commands;
  private final BufferedReader answers;

  OtherProgram() throws IOException {
    process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProgram.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Mounts a container for writing, and keeps it. */
  String mount(Path container) throws IOException {
    return ask("mount", container.toString());
  }

  /** Writes a file that holds its name into the container that is mounted. */
  String write(String name) throws IOException {
    return ask("write", name);
  }

  /** Closes the container that is mounted. */
  String unmount() throws IOException {
    return ask("unmount", "");
  }

  /** Mounts a container, writes a file that holds its name, and closes the container. */
  String put(Path container, String name) throws IOException {
    String answer = mount(container);
    if (answer.equals(DONE)) {
      write(name);
      return unmount();
    }
    return answer;
  }

  private String ask(String command, String argument) throws IOException {
    commands.println(command + "\t" + argument);
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the other program has ended");
    }
    return answer;
  }

  @Override
  public void close() {
    commands.close();
    process.onExit().join();
  }

  private static @Nullable FileSystem volume;

  /** Obeys the commands of the process that started this one. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String command;
    while ((command = commands.readLine()) != null) {
      String[] words = command.split("\t", -1);
      try {
        obey(words[0], words[1]);
        System.out.println(DONE);
      } catch (FileSystemException e) {
        System.out.println(e.getReason());
      }
    }
  }

  private static void obey(String command, String argument) throws IOException {
    switch (command) {
      case "mount" -> volume = FileSystems.newFileSystem(Path.of(argument), ENV);
      case "write" -> Files.writeString(volume.getPath(argument), argument);
      default -> volume.close();
    }
  }
}
