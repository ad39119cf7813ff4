package dev.tcplay.cli;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.common.jimfs.PathNormalization;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import picocli.CommandLine;

/** What the changing commands do to files, in a volume that takes no notice of case, as FAT. */
abstract class CaselessVolume {

  FileSystem volume;
  String said = "";

  @BeforeEach
  void makeVolume() {
    volume =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder()
                .setWorkingDirectory("/")
                .setNameCanonicalNormalization(PathNormalization.CASE_FOLD_ASCII)
                .setPathEqualityUsesCanonicalForm(true)
                .build());
  }

  @AfterEach
  void closeVolume() throws IOException {
    volume.close();
  }

  void change(Function<Terminal, ChangeCommand> maker, Object... arguments) throws IOException {
    PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new Output(new ByteArrayOutputStream()),
            err,
            question -> null,
            null);
    ChangeCommand command = maker.apply(terminal);
    List<String> words = new ArrayList<>();
    Stream.of(arguments).map(Object::toString).forEach(words::add);
    // The container; it stands before the paths and behind the options.
    int options = 0;
    while (options < words.size() && words.get(options).matches("-.+")) {
      options += words.get(options).equals("--time") ? 2 : 1;
    }
    words.add(options, "container");
    new CommandLine(command).parseArgs(words.toArray(new String[0]));
    List<String> lines = new ArrayList<>();
    command.change(volume, new FailureLog(failure -> lines.add(Failures.message(failure))));
    said = String.join("\n", lines);
  }

  void file(String path, String text) throws IOException {
    Path file = volume.getPath(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Returns each file with its text, each directory with a slash. */
  SortedMap<String, String> tree() throws IOException {
    SortedMap<String, String> tree = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(volume.getPath("/"))) {
      for (Path path : paths.skip(1).toList()) {
        tree.put(path.toString(), Files.isDirectory(path) ? "/" : Files.readString(path));
      }
    }
    return tree;
  }

  String names() throws IOException {
    return String.join(" ", tree().keySet());
  }
}
