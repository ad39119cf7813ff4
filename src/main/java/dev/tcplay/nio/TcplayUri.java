package dev.tcplay.nio;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A URI of ours: {@code tcplay:}, the URI of the container, and after the last {@code !/} a path
 * inside. A container of the default file system may be given by its path alone. A {@code !} of the
 * container's own URI is written {@code %21}.
 *
 * <p>Where the container's URI is itself made of parts, as of {@code jar:} and {@code tcplay:}, a
 * {@code %21} that was there before is told apart by {@code %2521}, and so on.
 *
 * @param container the container's URI
 * @param inside the path inside, {@code /} if there is none
 */
record TcplayUri(URI container, String inside) implements Location {

  /** The scheme, as {@link dev.tcplay.Tcplay#SCHEME} has it. */
  static final String SCHEME = "tcplay";

  /** What to say where a path may be meant that stands behind two slashes. */
  static final String SLASHES =
      "a path stands behind one slash or three: tcplay:/home/me/secret.hc";

  private static final String BOUNDARY = "!/";
  private static final Pattern USER_INFO = Pattern.compile("(?:[\\w+.:-]*:)?//[^/]*@");
  private static final Pattern NOT_ASCII = Pattern.compile("[^\\x00-\\x7f]+");
  private static final Pattern MARK = Pattern.compile("!|%((?:25)*)21");

  /** Returns the location of a container, which exists. */
  static TcplayUri of(Path container) throws IOException {
    return new TcplayUri(container.toRealPath().toUri(), "/");
  }

  /**
   * Reads a URI.
   *
   * @throws IllegalArgumentException if it is not one of ours, or has a query, a fragment or user
   *     information; the message does not show it, as it might hold a secret
   */
  static TcplayUri parse(URI uri) {
    String specific = specificPart(uri);
    int boundary = specific.lastIndexOf(BOUNDARY);
    String container = boundary < 0 ? specific : specific.substring(0, boundary);
    String inside = boundary < 0 ? "/" : specific.substring(boundary + 1);
    return new TcplayUri(containerUri(container), PercentCode.decode(inside));
  }

  /** Returns whether a URI of ours names something in a container, and not the container alone. */
  static boolean isInside(URI uri) {
    return specificPart(uri).contains(BOUNDARY);
  }

  /** Returns what follows the scheme of a URI of ours, which has nothing else, as it is written. */
  static String specificPart(URI uri) {
    if (!SCHEME.equalsIgnoreCase(uri.getScheme())) {
      throw new IllegalArgumentException("the scheme of the URI must be " + SCHEME);
    }
    String specific = uri.getRawSchemeSpecificPart();
    if (uri.getRawFragment() != null || specific.indexOf('?') >= 0) {
      throw new IllegalArgumentException("a tcplay URI has neither a query nor a fragment");
    }
    if (USER_INFO.matcher(specific).lookingAt()) {
      throw new IllegalArgumentException("a tcplay URI has no user information");
    }
    return specific;
  }

  private static URI containerUri(String given) {
    // A URI may hold letters beyond ASCII as they are, but not every provider reads such a one.
    String text = NOT_ASCII.matcher(given).replaceAll(run -> PercentCode.encode(run.group()));
    URI uri;
    try {
      uri = text.startsWith("/") ? new URI(pathUri(text)) : new URI(unmark(text));
    } catch (URISyntaxException e) {
      // Without the cause, whose message shows the URI.
      throw new IllegalArgumentException("the container's part of the URI is malformed");
    }
    String scheme = uri.getScheme();
    boolean isRelative = scheme == null || (uri.isOpaque() && scheme.equalsIgnoreCase("file"));
    if (isRelative) {
      throw new IllegalArgumentException(
          "a tcplay URI goes on with an absolute path, as in tcplay:/home/me/secret.hc, or a URI with a"
              + " scheme; a relative path is opened by FileSystems.newFileSystem(path, env)");
    }
    if (scheme.length() == 1) {
      String drive = "tcplay:/" + scheme + ":/";
      throw new IllegalArgumentException(
          "a path that begins with a drive stands behind a slash: " + drive);
    }
    return uri;
  }

  private static String pathUri(String path) {
    boolean hasAuthority = path.startsWith("//") && !path.startsWith("///");
    if (hasAuthority) {
      throw new IllegalArgumentException(
          "the tcplay URI of a container has no authority; one of a name is not opened by hand; "
              + SLASHES);
    }
    return path.startsWith("///") ? "file:" + path : "file://" + path;
  }

  /** Returns the container's path. */
  Path containerPath() {
    return Path.of(container);
  }

  /**
   * Returns the location of the container, which has to exist.
   *
   * @throws NoSuchFileException if it does not
   */
  TcplayUri real() throws IOException {
    Path path = containerPath();
    try {
      return of(path);
    } catch (FileSystemException e) {
      String hint = hint();
      if (hint.isEmpty()) {
        throw e;
      }
      NoSuchFileException named =
          new NoSuchFileException(path.toString(), null, "no such file" + hint);
      named.initCause(e);
      throw named;
    }
  }

  /** Returns what a message goes on with if the path inside lacks its mark, else nothing. */
  String hint() {
    Path path = containerPath();
    for (Path each = path.getParent(); each != null; each = each.getParent()) {
      if (Files.exists(each)) {
        return Files.isRegularFile(each)
            ? "; " + each + " is a file, and what is inside it follows !/"
            : "";
      }
    }
    return "";
  }

  /**
   * Returns the name of the container in the registry: the URI of its real path, or of its path if
   * it is gone.
   *
   * @throws FileSystemNotFoundException if the file system that holds the container is not open
   */
  URI key() {
    Path path = containerPath();
    try {
      return path.toRealPath().toUri();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize().toUri();
    }
  }

  /** Returns the URI of a path inside the same container. */
  @Override
  public URI inside(String path) {
    return URI.create(SCHEME + ":" + mark(container) + "!" + PercentCode.encode(path));
  }

  private static String mark(URI uri) {
    String text = uri.toString();
    if (!uri.isOpaque()) {
      return text.replace("!", "%21");
    }
    return MARK.matcher(text)
        .replaceAll(mark -> mark.group(1) == null ? "%21" : "%25" + mark.group(1) + "21");
  }

  /**
   * A hierarchical URI needs nothing: its own provider reads {@code %21} as {@code !}. One with a
   * {@code !} was not marked, but put there as it is.
   */
  private static String unmark(String text) {
    int colon = text.indexOf(':');
    boolean hierarchical = text.startsWith("/", colon + 1);
    return hierarchical || text.indexOf('!') >= 0
        ? text
        : MARK.matcher(text).replaceAll(TcplayUri::unmark);
  }

  private static String unmark(MatchResult mark) {
    String shifts = mark.group(1);
    return shifts.isEmpty() ? "!" : "%" + shifts.substring(2) + "21";
  }
}
