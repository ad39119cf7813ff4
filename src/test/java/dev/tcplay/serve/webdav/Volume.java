package dev.tcplay.serve.webdav;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A new encrypted volume, mounted; when it is closed its file system must be sound. */
final class Volume implements Closeable {

  private static final String PASSWORD = "correct horse battery";

  private final Path container;
  private final FileSystem files;

  /** Makes one of a type, of so many bytes. */
  Volume(Path folder, String type, long bytes) throws IOException {
    container = folder.resolve(type + ".tc");
    Tcplay.create(container).size(bytes).password(PASSWORD).pim(1).type(type).quick(true).create();
    files = opener().mount();
  }

  /** Returns its root. */
  Path root() {
    return files.getPath("/");
  }

  private ContainerOpener opener() {
    return Tcplay.open(container).password(PASSWORD).pim(1).hash("sha512").cipher("AES");
  }

  @Override
  public void close() throws IOException {
    files.close();
    List<String> findings = new ArrayList<>();
    opener().readOnly(true).check(finding -> findings.add(finding.toString()));
    assertEquals(List.of(), findings);
  }
}
