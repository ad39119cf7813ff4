package dev.tcplay.serve.sftp;

import java.io.EOFException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.ReadOnlyFileSystemException;
import org.apache.sshd.common.util.buffer.BufferException;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.server.SftpErrorStatusDataHandler;
import org.apache.sshd.sftp.server.SftpSubsystemEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in the words of SFTP version 3, which has eight. The message beside them never
 * holds a path: it would tell where the tree lies.
 */
final class Statuses implements SftpErrorStatusDataHandler {

  @Override
  public int resolveSubStatus(
      SftpSubsystemEnvironment session, int id, Throwable thrown, int command, Object... about) {
    if (thrown instanceof EOFException) {
      return SftpConstants.SSH_FX_EOF;
    } else if (thrown instanceof NoSuchFileException || thrown instanceof NotDirectoryException) {
      return SftpConstants.SSH_FX_NO_SUCH_FILE;
    } else if (thrown instanceof AccessDeniedException
        || thrown instanceof ReadOnlyFileSystemException) {
      return SftpConstants.SSH_FX_PERMISSION_DENIED;
    } else if (thrown instanceof UnsupportedOperationException) {
      return SftpConstants.SSH_FX_OP_UNSUPPORTED;
    } else if (thrown instanceof BadMessageException || thrown instanceof BufferException) {
      return SftpConstants.SSH_FX_BAD_MESSAGE;
    }
    return SftpConstants.SSH_FX_FAILURE;
  }

  @Override
  public String resolveErrorMessage(
      SftpSubsystemEnvironment session,
      int id,
      Throwable thrown,
      int status,
      int command,
      Object... about) {
    return switch (status) {
      case SftpConstants.SSH_FX_EOF -> "End of file";
      case SftpConstants.SSH_FX_NO_SUCH_FILE ->
          thrown instanceof NotDirectoryException ? "Not a directory" : "No such file or directory";
      case SftpConstants.SSH_FX_PERMISSION_DENIED -> {
        String reason =
            thrown instanceof ReadOnlyFileSystemException
                ? "the file system is read-only"
                : reason(thrown);
        yield reason == null ? "Permission denied" : "Permission denied: " + reason;
      }
      case SftpConstants.SSH_FX_OP_UNSUPPORTED -> "The file system cannot do this";
      case SftpConstants.SSH_FX_BAD_MESSAGE ->
          thrown instanceof BadMessageException
              ? String.valueOf(thrown.getMessage())
              : "Malformed message";
      default -> failure(thrown);
    };
  }

  private static String failure(Throwable thrown) {
    if (thrown instanceof FileAlreadyExistsException) {
      return "File exists";
    } else if (thrown instanceof DirectoryNotEmptyException) {
      return "Directory not empty";
    } else if (thrown instanceof FileSystemLoopException) {
      return "Too many levels of symbolic links";
    } else if (thrown instanceof NotLinkException) {
      return "Not a symbolic link";
    } else if (thrown instanceof AtomicMoveNotSupportedException) {
      return "Cannot be done in one step";
    } else if (thrown instanceof CharacterCodingException) {
      return "The file system cannot write this name";
    }
    String reason = reason(thrown);
    return reason == null ? "Failure" : reason;
  }

  /** A reason is about the error alone; the message holds the paths, too. */
  private static @Nullable String reason(Throwable thrown) {
    return thrown instanceof FileSystemException failure ? failure.getReason() : null;
  }
}
