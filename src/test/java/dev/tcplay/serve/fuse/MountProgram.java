package dev.tcplay.serve.fuse;

import dev.tcplay.Tcplay;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Mounts what its lines of standard input say, one after the other, and answers each by a line:
 * {@code mount CONTAINER DIR}, {@code tree PATH DIR}, {@code close DIR}, {@code await DIR}, {@code
 * clients DIR}. At the end of the input it closes all.
 */
final class MountProgram {

  private final Map<String, FuseMount> mounts = new LinkedHashMap<>();
  private final Map<String, FileSystem> volumes = new LinkedHashMap<>();

  private MountProgram() {}

  public static void main(String... arguments) throws Exception {
    MountProgram program = new MountProgram();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = lines.readLine()) != null; ) {
      String answer;
      try {
        answer = program.run(line.split(" ", -1));
      } catch (IOException e) {
        answer = e.getClass().getSimpleName() + ": " + e.getMessage();
      }
      System.out.println(answer);
    }
    program.closeAll();
  }

  private String run(String[] words) throws IOException, InterruptedException {
    return switch (words[0]) {
      case "mount" -> {
        FileSystem volume =
            Tcplay.open(Path.of(words[1])).password("x").pim(1).hash("sha512").mount();
        volumes.put(words[2], volume);
        yield mount(volume.getPath("/"), words[2]);
      }
      case "tree" -> mount(Files.createDirectories(Path.of(words[1])), words[2]);
      case "close" -> {
        mounts.get(words[1]).close();
        closeVolume(words[1]);
        yield "closed";
      }
      case "await" -> {
        mounts.get(words[1]).awaitEnd();
        closeVolume(words[1]);
        yield "ended";
      }
      case "detached" -> String.valueOf(mounts.get(words[1]).isDetached());
      default -> String.valueOf(mounts.get(words[1]).clients());
    };
  }

  private String mount(Path tree, String directory) throws IOException {
    FuseMount mount = FuseMount.of(tree).mount(Path.of(directory));
    mounts.put(directory, mount);
    return "mounted " + mount.addresses().get(0);
  }

  private void closeVolume(String directory) throws IOException {
    mounts.remove(directory);
    FileSystem volume = volumes.remove(directory);
    if (volume != null) {
      volume.close();
    }
  }

  private void closeAll() throws IOException {
    for (FuseMount mount : mounts.values()) {
      mount.close();
    }
    for (FileSystem volume : volumes.values()) {
      volume.close();
    }
  }
}
