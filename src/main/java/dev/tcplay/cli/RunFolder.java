package dev.tcplay.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The folder of a user where the sockets of served volumes lie, its owner's alone: {@code NAME.ctl}
 * for {@code unmap}, {@code status} and {@code list}, and {@code NAME.sock} for clients of a block
 * device. A volume is served as long as somebody accepts at its first socket; a socket where nobody
 * does is what a killed process has left.
 */
record RunFolder(Path path) {

  /** Does I/O while nobody else adds to the folder or takes from it. */
  private interface Action<T> {
    T run() throws IOException;
  }

  private static final String SOCKET = ".sock";
  private static final String CONTROL = ".ctl";

  /** So that a number behind it makes the name no longer than it may be. */
  private static final int MOST_NAMED = 50;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,63}");

  /**
   * Returns the folder of the user whose process this is.
   *
   * @throws FileSystemException as {@link RunPlace#of} says
   */
  static RunFolder ofUser() throws FileSystemException {
    return new RunFolder(RunPlace.of(System.getenv(), System.getProperty("user.home")));
  }

  /**
   * Checks the name of a mapped volume.
   *
   * @throws IllegalArgumentException if it is none
   */
  static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "NAME has 1 to 64 of the characters A-Z a-z 0-9 _ . + -, the first of them no . + -");
    }
  }

  Path socket(String name) {
    return path.resolve(name + SOCKET);
  }

  Path control(String name) {
    return path.resolve(name + CONTROL);
  }

  /**
   * Makes the folder where there is none.
   *
   * @throws FileSystemException if it is a link, another user's, or open to others
   */
  private void prepare() throws IOException {
    Path parent = path.getParent();
    if (parent != null && !Files.exists(parent)) {
      Files.createDirectories(parent, OwnerOnly.directory(parent));
    }
    try {
      Files.createDirectory(path, OwnerOnly.directory(path));
    } catch (FileAlreadyExistsException e) {
      // What is there is looked at.
    }
    OwnerOnly.check(path);
  }

  /** Returns the names of the volumes that are mapped; removes what killed processes have left. */
  List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    if (!isThere()) {
      return names;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*" + CONTROL)) {
      for (Path file : files) {
        String all = file.getFileName().toString();
        String name = all.substring(0, all.length() - CONTROL.length());
        if (NAME.matcher(name).matches()) {
          names.add(name);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    names.sort(Names.UTF_8_ORDER);
    for (String name : List.copyOf(names)) {
      if (isAbandoned(name) && alone(() -> isAbandoned(name) && delete(name))) {
        names.remove(name);
      }
    }
    return names;
  }

  /** Returns whether nobody accepts at a socket; of one that cannot be reached nobody knows. */
  private boolean isAbandoned(String name) {
    try {
      return !isReached(name);
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isReached(String name) throws IOException {
    Optional<SocketChannel> process = connect(name);
    if (process.isPresent()) {
      process.get().close();
    }
    return process.isPresent();
  }

  /**
   * Returns a connection to the process that serves a volume; empty if it is not mapped.
   *
   * @throws FileSystemException if the folder is a link, another user's, or open to others
   */
  Optional<SocketChannel> find(String name) throws IOException {
    return isThere() ? connect(name) : Optional.empty();
  }

  /** Returns whether there is a folder, which is its owner's alone. */
  private boolean isThere() throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    OwnerOnly.check(path);
    return true;
  }

  private Optional<SocketChannel> connect(String name) throws IOException {
    return new LocalSocket(control(name)).connect();
  }

  /**
   * Checks that a name is free.
   *
   * @throws FileSystemException if a volume is mapped by it
   */
  void checkFree(String name) throws IOException {
    if (isMapped(name)) {
      throw new FileSystemException(name, null, "is mapped already");
    }
  }

  /**
   * Returns whether a process serves a volume of that name.
   *
   * @throws FileSystemException as {@link #find} says
   */
  boolean isMapped(String name) throws IOException {
    return isThere() && isReached(name);
  }

  /**
   * Takes a name: its sockets are removed when the claim is closed.
   *
   * @throws FileSystemException if a volume is mapped by it
   */
  Claim claim(String name) throws IOException {
    checkPlace(name);
    return alone(
        () -> {
          checkFree(name);
          return bind(name);
        });
  }

  /**
   * Takes the name, or the first one of {@code NAME-2}, {@code NAME-3} and so on that nobody has.
   */
  Claim claimLike(String name) throws IOException {
    checkPlace(name + "-1000");
    return alone(
        () -> {
          String free = name;
          for (int i = 2; isReached(free); i++) {
            free = name + "-" + i;
          }
          return bind(free);
        });
  }

  /**
   * Returns the part of a file's name that may be a name here.
   *
   * @param file whose last name counts
   */
  static String nameOf(Path file) {
    Path last = file.getFileName();
    String lawful = String.valueOf(last).replaceAll("[^A-Za-z0-9_.+-]", "_");
    String name = lawful.substring(0, Math.min(MOST_NAMED, lawful.length()));
    return NAME.matcher(name).matches() ? name : "_" + name;
  }

  private void checkPlace(String name) throws IOException {
    new LocalSocket(socket(name)).checkLength();
    prepare();
  }

  private Claim bind(String name) throws IOException {
    delete(name);
    return new Claim(this, name, new LocalSocket(control(name)).bind());
  }

  /** Removes the sockets of a name. */
  boolean delete(String name) throws IOException {
    Files.deleteIfExists(socket(name));
    return Files.deleteIfExists(control(name));
  }

  private <T> T alone(Action<T> action) throws IOException {
    // The lock of a file is the whole process's.
    synchronized (RunFolder.class) {
      FileChannel file =
          FileChannel.open(
              path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try (file) {
        // Closing the file unlocks it.
        file.lock();
        return action.run();
      }
    }
  }
}
