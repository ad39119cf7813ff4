package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The protocols by which a tree is served. */
enum TreeKind {
  SFTP {
    @Override
    TreePart serve(Path root, boolean readOnly) throws IOException {
      return new SftpOptions().serve(root, readOnly);
    }
  },
  WEBDAV {
    @Override
    TreePart serve(Path root, boolean readOnly) throws IOException {
      return new WebOptions().webdav(root, readOnly);
    }
  },
  HTTP {
    @Override
    TreePart serve(Path root, boolean readOnly) throws IOException {
      return new WebOptions().http(root);
    }
  };

  /** Reads the name of one. */
  static final class Reader implements ITypeConverter<TreeKind> {

    @Override
    public TreeKind convert(String text) {
      return Stream.of(values())
          .filter(kind -> kind.toString().equals(text))
          .findFirst()
          .orElseThrow(() -> new TypeConversionException("expected sftp, webdav or http"));
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Serves a tree on this machine, on a free port, with new credentials. */
  abstract TreePart serve(Path root, boolean readOnly) throws IOException;
}
