// Leaves the demo container's file system open as fs:
//   jshell --class-path target/tcplay.jar samples/jshell/tcplay.jsh
import dev.tcplay.Tcplay;
import dev.tcplay.model.VolumeAttributes;
import java.nio.file.*;

FileSystem fs = Tcplay.open(Path.of("samples/demo.hc")).passwordFile(Path.of("samples/demo.password")).pim(1).mount()
Path root = fs.getPath("/")

/** Lists a directory of the volume: ls("/docs") */
void ls(String directory) throws IOException { try (var entries = Files.list(fs.getPath(directory))) { entries.sorted().forEach(System.out::println); } }

VolumeAttributes facts = Files.readAttributes(root, VolumeAttributes.class)
System.out.println("fs is " + facts.volume().encryption().orElseThrow().cipher() + ", " + facts.fileSystem() + ". Try: ls(\"/\") or Files.readString(fs.getPath(\"/hello.txt\"))")
