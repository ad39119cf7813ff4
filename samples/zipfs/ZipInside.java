import dev.tcplay.Tcplay;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Makes a zip in a container and reads it, by the JDK's own file system for zips. */
final class ZipInside {
  public static void main(String[] arguments) throws Exception {
    var opener = Tcplay.open(Path.of("samples/demo.hc")).passwordFile(Path.of("samples/demo.password"));
    try (FileSystem volume = opener.pim(1).overlayInMemory().mount()) {
      Path zip = volume.getPath("/letters.zip");
      try (FileSystem letters = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
        Files.copy(volume.getPath("/hello.txt"), letters.getPath("/hello.txt"));
      }
      // By its path, and never as a jar: URL, of which the JDK makes a copy in clear on the host.
      try (FileSystem letters = FileSystems.newFileSystem(zip)) {
        System.out.print(Files.readString(letters.getPath("/hello.txt")));
      }
    }
  }
}
