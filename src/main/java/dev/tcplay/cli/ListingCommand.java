package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that prints something of what is at a path and below, as lines or as JSON. */
abstract class ListingCommand extends VolumeCommand {

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PATH",
      description = {
        "The directory or file to go through, the root if left out. With a slash behind it, a link"
            + " to a directory is gone through."
      })
  private String path = "/";

  private final List<Map<String, Object>> listing = new ArrayList<>();

  ListingCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  final void run() throws IOException {
    try (FileSystem volume = mount()) {
      Path top = Tree.find(volume, path);
      list(top, attributes(top), failures());
    }
    if (json) {
      out().line(Json.of(listing));
    }
  }

  /** As for other tools, a slash behind a link means what it leads to. */
  private BasicFileAttributes attributes(Path top) throws IOException {
    BasicFileAttributes own = Tree.attributes(top);
    return own.isSymbolicLink() && (followsNamed() || path.endsWith("/"))
        ? Files.readAttributes(top, BasicFileAttributes.class)
        : own;
  }

  /** Returns whether a link that is named stands for what it leads to, without a slash, too. */
  boolean followsNamed() {
    return false;
  }

  /** Prints what there is; what cannot be read is told and left out. */
  abstract void list(Path top, BasicFileAttributes attributes, FailureLog failures)
      throws IOException;

  final boolean isJson() {
    return json;
  }

  /** Adds an entry of the JSON array, members in the order of the map. */
  final void add(Map<String, Object> entry) {
    listing.add(entry);
  }
}
