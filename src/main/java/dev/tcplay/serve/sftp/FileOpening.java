package dev.tcplay.serve.sftp;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.sftp.common.SftpConstants;

/** Opens files for clients, in the words of SFTP. */
final class FileOpening {

  private FileOpening() {}

  /**
   * Opens a file.
   *
   * @param how what is to be done with a file that is there, and with one that is not, in the words
   *     of SFTP version 5, as is the access
   */
  static OpenFile open(Tree tree, String name, int how, int access, Map<String, ?> wanted)
      throws IOException {
    Set<OpenOption> options = new HashSet<>();
    if ((access & SftpConstants.ACE4_READ_DATA) != 0) {
      options.add(StandardOpenOption.READ);
    }
    if ((access & (SftpConstants.ACE4_WRITE_DATA | SftpConstants.ACE4_APPEND_DATA)) != 0) {
      options.add(StandardOpenOption.WRITE);
    }
    boolean makes = true;
    switch (how & SftpConstants.SSH_FXF_ACCESS_DISPOSITION) {
      case SftpConstants.SSH_FXF_CREATE_NEW -> options.add(StandardOpenOption.CREATE_NEW);
      case SftpConstants.SSH_FXF_CREATE_TRUNCATE -> {
        options.add(StandardOpenOption.CREATE);
        options.add(StandardOpenOption.TRUNCATE_EXISTING);
      }
      case SftpConstants.SSH_FXF_OPEN_OR_CREATE -> options.add(StandardOpenOption.CREATE);
      case SftpConstants.SSH_FXF_TRUNCATE_EXISTING ->
          options.add(StandardOpenOption.TRUNCATE_EXISTING);
      default -> makes = false;
    }
    if (makes || options.contains(StandardOpenOption.WRITE)) {
      tree.checkWritable();
      // The JDK makes and cuts files for those alone who write.
      options.add(StandardOpenOption.WRITE);
    }
    boolean appends = (access & SftpConstants.ACE4_APPEND_DATA) != 0;
    return tree.use(
        () -> {
          Path path =
              options.contains(StandardOpenOption.CREATE_NEW)
                  ? tree.entry(name)
                  : tree.target(name);
          checkFile(path);
          return OpenFile.open(path, options, appends, Facts.ofNew(path, wanted));
        });
  }

  /**
   * Refuses what is no file. To open a pipe could wait for ever, a device is no part of a tree, and
   * a link that is still one here would be followed to wherever it leads.
   */
  static void checkFile(Path path) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isDirectory()) {
        throw new FileSystemException("", null, "Is a directory");
      } else if (attributes.isSymbolicLink()) {
        throw new FileSystemException("", null, "Is a symbolic link");
      } else if (attributes.isOther()) {
        throw new AccessDeniedException("", null, "neither a file nor a directory");
      }
    } catch (NoSuchFileException e) {
      // Then it is made, or opening says so.
    }
  }
}
