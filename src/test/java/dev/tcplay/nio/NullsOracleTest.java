package dev.tcplay.nio;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Null as any argument, beside good ones and others that are wrong, as on the default provider. */
@SuppressWarnings({
  "EqualsNull",
  "NullAway",
  "ReturnValueIgnored",
  "StreamResourceLeak"
}) // nulls and outcomes are the point
class NullsOracleTest {

  private static final List<String> NAMES = List.of("text", "dir", "missing", "text/x");
  private static final FileAttribute<?>[] NO_ATTRIBUTES = null;
  private static final FileAttribute<?> NO_ATTRIBUTE = null;
  private static final CopyOption[] NO_OPTIONS = null;
  private static final LinkOption[] NO_LINKS = null;

  @TempDir Path theirs;

  private final Oracle oracle = new Oracle();

  /** Something done with a path and its provider, without a result. */
  private interface Use {
    void of(FileSystemProvider provider, Path path) throws IOException;
  }

  @TestFactory
  Stream<DynamicTest> nullsAreRefusedAsOnTheDefaultFileSystem() throws IOException {
    opening();
    trees();
    transfers();
    attributes();
    paths();
    return oracle.writing(theirs);
  }

  private void each(String what, Use use) {
    for (String name : NAMES) {
      oracle.add(
          what + " " + name,
          root -> {
            use.of(root.getFileSystem().provider(), root.resolve(name));
            return "done";
          });
    }
  }

  private void opening() {
    each("no path to open", (provider, path) -> provider.newByteChannel(null, Set.of()));
    each("no set of options", (provider, path) -> provider.newByteChannel(path, null));
    each(
        "no attributes to open with",
        (provider, path) -> provider.newByteChannel(path, Set.of(), NO_ATTRIBUTES).close());
    each(
        "a null attribute to open with",
        (provider, path) -> provider.newByteChannel(path, Set.of(), NO_ATTRIBUTE).close());
    each("no file channel's path", (provider, path) -> provider.newFileChannel(null, Set.of()));
    each("no file channel's options", (provider, path) -> provider.newFileChannel(path, null));
    each(
        "no file channel's attributes",
        (provider, path) -> provider.newFileChannel(path, Set.of(), NO_ATTRIBUTES).close());
    each(
        "no asynchronous channel's options",
        (provider, path) -> provider.newAsynchronousFileChannel(path, null, null));
    each(
        "no asynchronous channel's attributes",
        (provider, path) ->
            provider.newAsynchronousFileChannel(path, Set.of(), null, NO_ATTRIBUTES).close());
    each(
        "no input options",
        (provider, path) -> provider.newInputStream(path, (OpenOption[]) null).close());
    each(
        "null input option",
        (provider, path) -> provider.newInputStream(path, (OpenOption) null).close());
    each(
        "null output option",
        (provider, path) -> provider.newOutputStream(path, (OpenOption) null).close());
  }

  private void trees() {
    each("no directory", (provider, path) -> provider.newDirectoryStream(null, entry -> true));
    each("no filter", (provider, path) -> provider.newDirectoryStream(path, null).close());
    each("make nothing", (provider, path) -> provider.createDirectory(null));
    each("make without attributes", (p, path) -> p.createDirectory(path, NO_ATTRIBUTES));
    each("make with a null attribute", (p, path) -> p.createDirectory(path, NO_ATTRIBUTE));
    each("delete nothing", (provider, path) -> provider.delete(null));
    each("delete nothing if it exists", (provider, path) -> provider.deleteIfExists(null));
    each("the same as nothing", (provider, path) -> provider.isSameFile(path, null));
    each("nothing the same", (provider, path) -> provider.isSameFile(null, path));
    each("nothing hidden", (provider, path) -> provider.isHidden(null));
    each("no file's store", (provider, path) -> provider.getFileStore(null));
    each("no modes", (provider, path) -> provider.checkAccess(path, (AccessMode[]) null));
    each("a null mode", (provider, path) -> provider.checkAccess(path, (AccessMode) null));
    each("nothing to check", (provider, path) -> provider.checkAccess(null));
  }

  private void transfers() {
    each("copy nothing", (provider, path) -> provider.copy(null, path));
    each("copy to nothing", (provider, path) -> provider.copy(path, null));
    each(
        "copy without options",
        (provider, path) -> provider.copy(path, path.resolveSibling("new"), NO_OPTIONS));
    each("copy to itself without options", (p, path) -> p.copy(path, path, NO_OPTIONS));
    each("move nothing", (provider, path) -> provider.move(null, path));
    each("move to nothing", (provider, path) -> provider.move(path, null));
    each(
        "move without options",
        (provider, path) -> provider.move(path, path.resolveSibling("new"), NO_OPTIONS));
  }

  private void attributes() {
    Class<BasicFileAttributeView> view = BasicFileAttributeView.class;
    Class<BasicFileAttributes> basic = BasicFileAttributes.class;
    each("no view's path", (p, path) -> p.getFileAttributeView(null, view));
    each("no view's type", (p, path) -> p.getFileAttributeView(path, null));
    each("no view's options", (p, path) -> p.getFileAttributeView(path, view, NO_LINKS));
    each(
        "a null view's option", (p, path) -> p.getFileAttributeView(path, view, (LinkOption) null));
    each("no attributes' path", (p, path) -> p.readAttributes(null, basic));
    each(
        "no attributes' type",
        (p, path) -> p.readAttributes(path, (Class<BasicFileAttributes>) null));
    each("no attributes' options", (p, path) -> p.readAttributes(path, basic, NO_LINKS));
    each("no attributes' names", (p, path) -> p.readAttributes(path, (String) null));
    each("no names' options", (p, path) -> p.readAttributes(path, "*", NO_LINKS));
    each("set nothing", (p, path) -> p.setAttribute(path, null, 1));
    each("set to nothing", (p, path) -> p.setAttribute(path, "lastModifiedTime", null));
    each("set unknown to nothing", (p, path) -> p.setAttribute(path, "colour", null));
    each("set fixed to nothing", (p, path) -> p.setAttribute(path, "size", null));
    each("set of no view", (p, path) -> p.setAttribute(path, "paint:colour", null));
    each(
        "set without options",
        (p, path) -> p.setAttribute(path, "lastModifiedTime", FileTime.fromMillis(0), NO_LINKS));
    each("no times", (p, path) -> p.getFileAttributeView(path, view).setTimes(null, null, null));
  }

  private void paths() {
    each("resolve no path", (provider, path) -> path.resolve((Path) null));
    each("resolve no text", (provider, path) -> path.resolve((String) null));
    each("no sibling", (provider, path) -> path.resolveSibling((Path) null));
    each("relativize nothing", (provider, path) -> path.relativize(null));
    each("starts with no path", (provider, path) -> path.startsWith((Path) null));
    each("ends with no path", (provider, path) -> path.endsWith((Path) null));
    each("starts with no text", (provider, path) -> path.startsWith((String) null));
    each("compare with nothing", (provider, path) -> path.compareTo(null));
    each("equal to nothing", (provider, path) -> path.equals(null));
    each("real path without options", (provider, path) -> path.toRealPath(NO_LINKS));
    each("real path, null option", (provider, path) -> path.toRealPath((LinkOption) null));
    each("no text", (provider, path) -> path.getFileSystem().getPath(null));
    each("no more text", (provider, path) -> path.getFileSystem().getPath("a", (String[]) null));
    each("a null part", (provider, path) -> path.getFileSystem().getPath("a", "b", null));
    each("no pattern", (provider, path) -> path.getFileSystem().getPathMatcher(null));
    each(
        "match nothing",
        (provider, path) -> path.getFileSystem().getPathMatcher("glob:*").matches(null));
    each("a path of no URI", (provider, path) -> provider.getPath(null));
    each("a file system of no URI", (provider, path) -> provider.getFileSystem(null));
  }
}
