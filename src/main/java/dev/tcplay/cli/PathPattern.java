package dev.tcplay.cli;

import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * A pattern of a shell for paths below the root of a volume, by the volume's own rules for names.
 *
 * @param matchers of which one has to match
 * @param ofNames whether names are compared, and not paths
 * @param ofDirectories whether only directories fit
 */
record PathPattern(List<PathMatcher> matchers, boolean ofNames, boolean ofDirectories) {

  private static final String ANY_DIRECTORIES = "**/";

  /**
   * Reads a pattern; a slash at its beginning is the root, and one at its end stands behind a
   * directory.
   *
   * @throws PatternSyntaxException if it makes no sense
   */
  static PathPattern of(FileSystem volume, String pattern) {
    String relative = pattern.replaceFirst("^/+", "").replaceFirst("/+$", "");
    return new PathPattern(
        globs(relative).map(glob -> volume.getPathMatcher("glob:" + glob)).toList(),
        pattern.indexOf('/') < 0,
        pattern.endsWith("/"));
  }

  /**
   * Returns globs of Java's, in which {@code **}{@code /} is one directory at least, for each way
   * in which it may be none. Most patterns have one such.
   */
  private static Stream<String> globs(String pattern) {
    int any = pattern.indexOf(ANY_DIRECTORIES);
    if (any < 0) {
      return Stream.of(pattern);
    }
    String before = pattern.substring(0, any);
    String after = pattern.substring(any + ANY_DIRECTORIES.length());
    // Behind a slash or at the beginning it stands for directories, else for a part of a name, too.
    boolean whole = before.isEmpty() || before.endsWith("/");
    return globs(after)
        .flatMap(
            rest ->
                whole
                    ? Stream.of(before + ANY_DIRECTORIES + rest, before + rest)
                    : Stream.of(before + ANY_DIRECTORIES + rest));
  }

  /** Returns whether a relative path fits. */
  boolean fits(Path path, boolean isDirectory) {
    if (ofDirectories && !isDirectory) {
      return false;
    }
    Path compared = ofNames ? path.getFileName() : path;
    return matchers.stream().anyMatch(each -> each.matches(compared));
  }
}
