import dev.tcplay.Tcplay;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Lists a container: java --class-path target/tcplay.jar samples/single-file/ReadDemo.java CONTAINER PASSWORDFILE PIM */
final class ReadDemo {
  public static void main(String[] arguments) throws Exception {
    var opener = Tcplay.open(Path.of(arguments[0])).passwordFile(Path.of(arguments[1]));
    try (FileSystem volume = opener.pim(Integer.parseInt(arguments[2])).mount();
        Stream<Path> tree = Files.walk(volume.getPath("/"))) {
      for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
        System.out.printf("%6d  %s%n", Files.size(file), file);
      }
    }
  }
}
