package dev.tcplay.serve.fuse;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds libfuse 3 on Linux. What comes without its headers has the name {@code libfuse3.so.3}, from
 * libfuse 3.17 on {@code libfuse3.so.4}, which {@link System#loadLibrary} does not look for; and
 * not every Java looks in Debian's folders.
 */
final class LibFuse {

  /** The system property that says where it is. */
  static final String PROPERTY = "tcplay.libfuse";

  private static final List<String> NAMES =
      List.of("libfuse3.so.4", "libfuse3.so.3", "libfuse3.so");

  private LibFuse() {}

  /**
   * Returns where libfuse is; null where the adapter is to look by itself, on other systems.
   *
   * @throws FuseUnavailableException if it is not installed
   */
  static @Nullable Path find() throws FuseUnavailableException {
    String said = System.getProperty(PROPERTY);
    if (said != null) {
      Path library = Path.of(said).toAbsolutePath();
      if (!Files.isRegularFile(library)) {
        throw new FuseUnavailableException("there is no " + library + ", of -D" + PROPERTY);
      }
      return library;
    }
    if (!Host.isLinux()) {
      return null;
    }
    Optional<Path> found =
        folders()
            .flatMap(folder -> NAMES.stream().map(folder::resolve))
            .filter(Files::isRegularFile)
            .findFirst();
    return found.orElseThrow(
        () ->
            new FuseUnavailableException(
                "libfuse 3 is not installed (libfuse3.so.3; Debian's package is fuse3), or not where"
                    + " it usually is: then -D"
                    + PROPERTY
                    + "=FILE says where"));
  }

  private static Stream<Path> folders() {
    String cpu = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";
    List<String> folders = new ArrayList<>();
    String said = System.getenv("LD_LIBRARY_PATH");
    if (said != null) {
      folders.addAll(List.of(said.split(File.pathSeparator)));
    }
    folders.addAll(List.of(System.getProperty("java.library.path", "").split(File.pathSeparator)));
    for (String folder :
        List.of(cpu + "-linux-gnu", "", "../lib64", "../local/lib64", "../local/lib")) {
      folders.add("/usr/lib/" + folder);
      folders.add("/lib/" + folder);
    }
    folders.add("/run/current-system/sw/lib");
    return folders.stream().filter(folder -> folder.startsWith("/")).map(Path::of);
  }
}
