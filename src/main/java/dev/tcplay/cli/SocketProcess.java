package dev.tcplay.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the process behind a socket, by the tables of proc_net(5); on Linux only. */
final class SocketProcess {

  /** In a line of a socket: its inode, and then its path, to the end. */
  private static final int INODE = 6;

  private SocketProcess() {}

  /** Returns the number of a process of this user that has a socket of a path. */
  static Optional<String> of(Path socket) {
    return of(socket, Path.of("/proc"));
  }

  /** Returns it by another proc(5). */
  static Optional<String> of(Path socket, Path proc) {
    try {
      Set<String> links = links(socket, proc);
      try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
        for (Path process : processes) {
          if (holds(process.resolve("fd"), links)) {
            return Optional.of(String.valueOf(process.getFileName()));
          }
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Another system, or one that does not show them.
    }
    return Optional.empty();
  }

  /** Returns how descriptors of the sockets read as links. */
  private static Set<String> links(Path socket, Path proc) throws IOException {
    String path = socket.toAbsolutePath().toString();
    // The names of others may be any bytes.
    byte[] table = Files.readAllBytes(proc.resolve("net/unix"));
    return new String(table, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split(" +", INODE + 2))
        .filter(fields -> fields.length > INODE + 1 && fields[INODE + 1].equals(path))
        .map(fields -> "socket:[" + fields[INODE] + "]")
        .collect(Collectors.toSet());
  }

  private static boolean holds(Path descriptors, Set<String> links) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
      for (Path descriptor : all) {
        if (links.contains(target(descriptor))) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // It has ended, or belongs to somebody else.
      return false;
    }
    return false;
  }

  /** Returns where a descriptor leads; nowhere if its process has closed it since. */
  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
