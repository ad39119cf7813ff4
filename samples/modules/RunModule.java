import dev.tcplay.Tcplay;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Runs a module whose classes lie in a container; it is compiled into it first. */
final class RunModule {
  public static void main(String[] arguments) throws Exception {
    var opener = Tcplay.open(Path.of("samples/demo.hc")).passwordFile(Path.of("samples/demo.password"));
    try (FileSystem volume = opener.pim(1).overlayInMemory().mount()) {
      Path module = volume.getPath("/modules/secret");
      compile(volume.getPath("/src"), module);

      ModuleFinder finder = ModuleFinder.of(module);
      ModuleLayer boot = ModuleLayer.boot();
      Configuration resolved = boot.configuration().resolve(finder, ModuleFinder.of(), Set.of("secret"));
      ModuleLayer layer = boot.defineModulesWithOneLoader(resolved, ClassLoader.getSystemClassLoader());
      Class<?> main = layer.findLoader("secret").loadClass("secret.Main");
      System.out.println(main.getMethod("answer").invoke(null) + " from " + main.getModule());
    }
  }

  private static void compile(Path source, Path classes) throws Exception {
    Files.createDirectories(source.resolve("secret"));
    Files.createDirectories(classes);
    Path descriptor = Files.writeString(source.resolve("module-info.java"), "module secret { exports secret; }");
    Path program =
        Files.writeString(
            source.resolve("secret/Main.java"),
            "package secret; public class Main { public static int answer() { return 6 * 7; } }");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      if (!compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(descriptor, program)).call()) {
        throw new IllegalStateException("it does not compile");
      }
    }
  }
}
