package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.UnknownServiceException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs of files in a volume, judged by those of the default file system. */
class UrlTest extends UrlVolume {

  private static final List<String> NAMES =
      List.of("a.txt", "with space.png", "50%.bin", "no#1.html", "é你🔑.xml", "x!", "plain");

  private void write(String name, String contents) throws IOException {
    for (Path folder : List.of(inside, outside)) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, contents);
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_600_000_000_000L));
    }
  }

  private static String text(URL url) throws IOException {
    try (InputStream stream = url.openStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void filesHaveTheContentsAndHeadersOfTheDefaultFileSystem() throws IOException {
    for (String name : NAMES) {
      write(name, "contents of " + name);
      URL url = inside.resolve(name).toUri().toURL();
      assertEquals("contents of " + name, text(url));
      assertEquals(inside.resolve(name), Path.of(URI.create(url.toString())));
      URLConnection judge = outside.resolve(name).toUri().toURL().openConnection();
      try (InputStream stream = judge.getInputStream()) {
        assertEquals('c', stream.read());
        compare(judge, url.openConnection(), name);
      }
    }
  }

  private static void compare(URLConnection judge, URLConnection ours, String name) {
    assertEquals(judge.getContentLengthLong(), ours.getContentLengthLong());
    assertEquals(judge.getContentLength(), ours.getContentLength());
    assertEquals(judge.getLastModified(), ours.getLastModified());
    assertEquals(judge.getContentType(), ours.getContentType(), name);
    if (name.contains("#") || ours.getContentType().equals("content/unknown")) {
      // The judge's headers contradict its method.
      assertEquals(ours.getContentType(), ours.getHeaderField("content-type"));
      return;
    }
    for (String header : List.of("Content-Type", "CONTENT-LENGTH", "last-modified", "x")) {
      assertEquals(judge.getHeaderField(header), ours.getHeaderField(header), header);
    }
    for (int i = 0; i < 4; i++) {
      assertEquals(judge.getHeaderFieldKey(i), ours.getHeaderFieldKey(i));
      assertEquals(judge.getHeaderField(i), ours.getHeaderField(i));
    }
    assertEquals(judge.getHeaderFields(), ours.getHeaderFields());
  }

  @Test
  void aDirectoryIsAListOfItsNames() throws IOException {
    for (String name : List.of("b", "A", "sub/x", "é", "c d")) {
      write(name, "x");
    }
    URL url = inside.toUri().toURL();
    assertEquals(text(outside.toUri().toURL()), text(url));
    URLConnection ours = url.openConnection();
    assertEquals("text/plain", ours.getContentType());
    assertEquals(text(url).getBytes(StandardCharsets.UTF_8).length, ours.getContentLengthLong());
    assertEquals("dir\n", text(volume.getPath("/").toUri().toURL()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.txt",
        "./a.txt",
        "sub/../a.txt",
        "../dir/a.txt",
        "sub/",
        "sub",
        "",
        ".",
        "..",
        "../",
        "sub/.",
        "sub/..",
        "./sub/./x",
        "with space.txt",
        "with%20space.txt",
        "sub%2Fx",
        "x!/y",
        "é.txt",
        "%C3%A9.txt",
        "no%231",
        "50%25",
        "none",
        "a.txt/none",
        "[1]",
        "sub//x"
      })
  void relativeUrlsLeadWhereThoseOfTheDefaultFileSystemLead(String relative) throws IOException {
    for (String name :
        List.of("a.txt", "sub/x", "with space.txt", "x!/y", "é.txt", "no#1", "50%", "[1]")) {
      write(name, name);
    }
    URL judge = new URL(outside.toUri().toURL(), relative);
    URL ours = new URL(inside.toUri().toURL(), relative);
    if (relative.contains("none")) {
      assertThrows(FileNotFoundException.class, judge::openStream);
      assertThrows(FileNotFoundException.class, ours::openStream);
    } else {
      assertEquals(text(judge), text(ours), ours::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tcplay:file:///x.tc!/a/b, c, tcplay:file:///x.tc!/a/c",
    "tcplay:file:///x.tc!/a/b, /c, tcplay:file:///x.tc!/c",
    "tcplay:file:///x.tc!/a/b, ../../../c, tcplay:file:///x.tc!/c",
    "tcplay:file:///x.tc!/a/b, //host/c, tcplay:file:///x.tc!//host/c",
    "tcplay:file:///x.tc!/a/b, c!/d, tcplay:file:///x.tc!/a/c%21/d",
    "tcplay:file:///x.tc!/a/b, tcplay:/y.tc!/c, tcplay:/y.tc!/c",
    "tcplay:/x.tc!/a/b, c, tcplay:/x.tc!/a/c",
    "tcplay:/x.tc!/a/b, /c, tcplay:/x.tc!/c",
    "tcplay:/x.tc!/a/b, tcplay:/y.tc!/c, tcplay:/y.tc!/c",
    "tcplay:///x.tc!/a/b, c, tcplay:///x.tc!/a/c",
    "tcplay:/x.tc, c, tcplay:/x.tc!/c",
    "tcplay:/x.tc!/a, '', tcplay:/x.tc!/a",
    "TCPLAY:/x y.tc!/a b, '', tcplay:/x%20y.tc!/a%20b",
    "tcplay:tcplay:file:///x.tc%21/y.tc!/a/, b, tcplay:tcplay:file:///x.tc%21/y.tc!/a/b",
    "tcplay://NAME/a/b, ../c, tcplay://NAME/c",
    "tcplay://NAME/a/b, /c[1], tcplay://NAME/c%5B1%5D",
    "tcplay://NAME/a/b, //OTHER/c, tcplay://NAME//OTHER/c",
    "tcplay://NAME/a/b, tcplay://OTHER/c, tcplay://OTHER/c",
    "tcplay://NAME, a, tcplay://NAME/a",
    "tcplay://some%40name/a, b, tcplay://some%40name/b",
  })
  void urlsNeedNoHostAndStayInTheirContainer(String base, String relative, String expected)
      throws IOException {
    assertEquals(expected, new URL(new URL(base), relative).toString());
    assertEquals(expected, new URL(expected).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcplay:/x.tc!/a?hidden",
        "tcplay:/x.tc!/a#hidden",
        "tcplay://hidden@NAME/a",
        "tcplay:s3x://key:hidden@host/x.tc!/a",
        "tcplay:hidden.tc!/a",
        "tcplay:/x.tc!/%hidden",
        "tcplay:/hidden%zz",
        "tcplay:!/hidden",
      })
  void whatIsNoUriOfOursIsNoUrlAndIsNotShown(String text) throws IOException {
    MalformedURLException refused = assertThrows(MalformedURLException.class, () -> new URL(text));
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      assertFalse(String.valueOf(cause.getMessage()).contains("hidden"), cause::toString);
    }
    URL base = new URL("tcplay:/x.tc!/a");
    assertThrows(MalformedURLException.class, () -> new URL(base, "?hidden"));
    assertThrows(MalformedURLException.class, () -> new URL(base, "#hidden"));
    // Put together by hand, nobody reads it before it is opened.
    URL parts = new URL("tcplay", "", "/x.tc!/a?hidden");
    assertThrows(MalformedURLException.class, parts::openConnection);
  }

  @Test
  void whatIsNotOpenByUriSaysSoWhenItIsOpened() throws IOException {
    Path other = make(folder.resolve("other.img"));
    URL url;
    try (FileSystem byPath = FileSystems.newFileSystem(other, PLAIN)) {
      Files.writeString(byPath.getPath("/file"), "x");
      url = byPath.getPath("/file").toUri().toURL();
      IOException refused = assertThrows(IOException.class, url::openConnection);
      assertTrue(refused.getMessage().contains("FileSystems.newFileSystem(URI"), refused::toString);
      assertTrue(refused.getMessage().startsWith(url + ": not open: "), refused::toString);
    }
    try (FileSystem byUri = FileSystems.newFileSystem(uri(other), PLAIN)) {
      assertTrue(byUri.isOpen());
      assertEquals("x", text(url));
    }
    assertThrows(IOException.class, url::openConnection);
    URL inJar = new URL("tcplay:jar:" + other.toUri() + "!/x.hc!/file");
    String unsaid = assertThrows(IOException.class, inJar::openConnection).getMessage();
    assertTrue(unsaid.startsWith(inJar + ": not open; "), unsaid);
    URL name = new URL("tcplay://NAME/file");
    String reason = assertThrows(IOException.class, name::openConnection).getMessage();
    assertTrue(reason.contains("the property tcplay.crypttab"), reason);
    assertFalse(reason.contains("newFileSystem"), reason);
    URL container = new URL(uri(image).toString());
    assertThrows(MalformedURLException.class, container::openConnection);
  }

  @Test
  void aClosedFileSystemIsAnIoException() throws IOException {
    write("a.txt", "x".repeat(100_000));
    URL file = inside.resolve("a.txt").toUri().toURL();
    URL directory = inside.toUri().toURL();
    URLConnection late = file.openConnection();
    URLConnection lateDirectory = directory.openConnection();
    URLConnection connected = file.openConnection();
    connected.connect();
    InputStream stream = file.openStream();
    assertEquals('x', stream.read());
    volume.close();
    assertThrows(IOException.class, stream::readAllBytes);
    for (URLConnection connection : List.of(late, lateDirectory, connected)) {
      assertThrows(IOException.class, connection::getInputStream);
    }
    assertThrows(IOException.class, file::openStream);
    assertEquals(-1, late.getContentLengthLong());
    assertEquals(0, late.getLastModified());
    assertNull(late.getContentType());
    assertEquals(100_000, connected.getContentLengthLong());
  }

  @Test
  void connectionsReadOnlyAndKeepNothingOpen() throws IOException {
    write("a.txt", "text");
    URL url = inside.resolve("a.txt").toUri().toURL();
    URLConnection connection = url.openConnection(Proxy.NO_PROXY);
    connection.setUseCaches(true);
    connection.setDoOutput(true);
    assertThrows(UnknownServiceException.class, connection::getOutputStream);
    assertEquals(4, connection.getContentLength());
    InputStream stream = connection.getInputStream();
    assertSame(stream, connection.getInputStream());
    stream.close();
    write("a.txt", "another text");
    assertEquals("another text", text(url));
    assertEquals(4, connection.getContentLength());
    Files.delete(inside.resolve("a.txt"));
    write("b.txt", "b");
    URL below = new URL(url, "b.txt/x");
    assertThrows(FileNotFoundException.class, below::openStream);
    assertThrows(FileNotFoundException.class, url::openStream);
    assertThrows(FileNotFoundException.class, () -> url.openConnection().connect());
  }

  /** Whoever asked the network would find these two equal. */
  @Test
  void namesAreNoHosts() throws IOException {
    URL one = new URL("tcplay://localhost/a");
    assertNotEquals(one, new URL("tcplay://127.0.0.1/a"));
    assertNotEquals(one, new URL("tcplay://LOCALHOST/a"));
    URL same = new URL("TCPLAY://localhost/a");
    assertEquals(one, same);
    assertEquals(one.hashCode(), same.hashCode());
    assertNotEquals(new URL("tcplay:/x.tc!/a"), new URL("tcplay:/x.tc!/A"));
  }
}
