package dev.tcplay.serve.fuse.tree;

import static java.lang.System.Logger.Level.DEBUG;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A directory as one program has opened it. An entry of which nothing can be read is listed all the
 * same, as by Linux: who asks for it gets the error. The names are those that were there when it
 * began to read, so that a place in them means the same for as long as it reads on.
 */
final class Listing {

  private static final System.Logger LOG = System.getLogger("dev.tcplay.serve.fuse");

  private final Names names;
  private final Facts facts;
  private List<String> read = List.of();

  Listing(Names names, Facts facts) {
    this.names = names;
    this.facts = facts;
  }

  /**
   * Hands out entries.
   *
   * @param path of the directory
   * @param offset how many to pass over; 0 reads the directory anew
   * @param sink until it is full
   */
  synchronized void read(String path, long offset, EntrySink sink) throws IOException {
    Path directory = names.existing(path);
    if (offset == 0) {
      read = list(directory);
    }
    for (int i = Math.toIntExact(offset); i < read.size(); i++) {
      String name = read.get(i);
      FileFacts entry;
      try {
        entry = facts.read(place(path, directory, name));
      } catch (NoSuchFileException e) {
        // It has gone meanwhile.
        continue;
      } catch (IOException | RuntimeException e) {
        LOG.log(DEBUG, "an entry is listed of which nothing can be read", e);
        entry = FileFacts.UNKNOWN;
      }
      if (!sink.add(name, entry, i + 1L)) {
        return;
      }
    }
  }

  private Path place(String path, Path directory, String name) throws IOException {
    if (name.equals(".")) {
      return directory;
    }
    if (name.equals("..")) {
      int slash = path.lastIndexOf('/');
      return names.existing(slash <= 0 ? "/" : path.substring(0, slash));
    }
    return directory.resolve(name);
  }

  private static List<String> list(Path directory) throws IOException {
    List<String> found = new ArrayList<>();
    found.add(".");
    found.add("..");
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        // Some providers end a directory's name in a slash.
        String bare = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        if (Names.isShown(bare)) {
          found.add(bare);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (NotDirectoryException e) {
      throw new ErrorException(ErrorNumber.ENOTDIR);
    }
    return found;
  }
}
