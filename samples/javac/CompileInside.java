import dev.tcplay.Tcplay;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles a program whose source and classes lie in a container, and nowhere else. */
final class CompileInside {
  public static void main(String[] arguments) throws Exception {
    var opener = Tcplay.open(Path.of("samples/demo.hc")).passwordFile(Path.of("samples/demo.password"));
    try (FileSystem volume = opener.pim(1).overlayInMemory().mount()) {
      Path source = Files.createDirectory(volume.getPath("/src")).resolve("Secret.java");
      Path classes = Files.createDirectory(volume.getPath("/classes"));
      Files.writeString(source, "public class Secret { public static final int ANSWER = 6 * 7; }");

      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
        files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
        // What the program needs, here nothing but our own classes. With no path for annotation
        // processors javac would ask the class path for java.io.File, which only the host has.
        files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(classes));
        files.setLocationFromPaths(StandardLocation.ANNOTATION_PROCESSOR_PATH, List.of());
        if (!compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(source)).call()) {
          throw new IllegalStateException("it does not compile");
        }
      }
      System.out.println(classes.resolve("Secret.class") + " is there: " + Files.exists(classes.resolve("Secret.class")));
    }
  }
}
