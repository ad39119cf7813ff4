package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Seeds;
import java.net.URI;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcplayUriTest {

  @ParameterizedTest
  @CsvSource({
    "tcplay:/a/x.tc,                          file:///a/x.tc,                     /",
    "tcplay:///a/x.tc,                        file:///a/x.tc,                     /",
    "TCPLAY:/a/x.tc!/in,                      file:///a/x.tc,                     /in",
    "tcplay:file:///a/x.tc,                   file:///a/x.tc,                     /",
    "tcplay:file:/a/x.tc!/,                   file:/a/x.tc,                       /",
    "tcplay:file:///a/x.tc!/in/file,          file:///a/x.tc,                     /in/file",
    "tcplay:file:///a%21/x.tc!/in,            file:///a%21/x.tc,                  /in",
    "tcplay:file:///x.tc!/a%20b%23%C3%A9%25,  file:///x.tc,                       /a b#é%",
    "tcplay:file:///x.tc!/a%21/b,             file:///x.tc,                       /a!/b",
    "tcplay:jimfs://name/x.tc!/in,            jimfs://name/x.tc,                  /in",
    "tcplay:jar:file:///a.zip!/x.tc!/in,      jar:file:///a.zip!/x.tc,            /in",
    "tcplay:jar:file:///a.zip%21/x.tc!/in,    jar:file:///a.zip!/x.tc,            /in",
    "tcplay:/ä/x.tc!/é,                       file:///%C3%A4/x.tc,                  /é",
    "tcplay:file:///ä%21.tc,                  file:///%C3%A4%21.tc,                 /",
    "tcplay:tcplay:file:///a%21/b.tc!/c,      tcplay:file:///a!/b.tc,             /c",
    "tcplay:tcplay:file:///b.tc!/c%21/d!/,    tcplay:file:///b.tc!/c%21/d,        /",
    "tcplay:tcplay:file:///a%2521/b.tc%21/c!/d, tcplay:file:///a%21/b.tc!/c,      /d",
  })
  void urisHaveAContainerAndAPathInside(String uri, String container, String inside) {
    TcplayUri parsed = TcplayUri.parse(URI.create(uri));
    assertEquals(URI.create(container), parsed.container());
    assertEquals(inside, parsed.inside());
  }

  @Test
  void urisArePrintedWithOneBoundary() {
    TcplayUri location = new TcplayUri(URI.create("file:///a!/b%21.tc"), "/");
    assertEquals("tcplay:file:///a%21/b%21.tc!/in%21/x", location.inside("/in!/x").toString());
    TcplayUri nested = new TcplayUri(location.inside("/in!/x.tc"), "/");
    assertEquals(
        "tcplay:tcplay:file:///a%2521/b%2521.tc%21/in%2521/x.tc!/y",
        nested.inside("/y").toString());
  }

  @Test
  void printedUrisAreReadBack() {
    Random random = new Random(Seeds.of("TcplayUriTest"));
    for (int i = 0; i < 5_000; i++) {
      URI container = URI.create("file:///" + PercentCode.encode(name(random)));
      int depth = random.nextInt(4);
      for (int level = 0; level <= depth; level++) {
        String inside = "/" + name(random);
        URI uri = new TcplayUri(container, "/").inside(inside);
        assertEquals(new TcplayUri(container, inside), TcplayUri.parse(uri), uri::toString);
        container = uri;
      }
    }
  }

  private static String name(Random random) {
    String characters = "ab!/%2 1#?:@é你\ud83d\udd11";
    StringBuilder name = new StringBuilder();
    int length = random.nextInt(9);
    for (int i = 0; i < length; i++) {
      name.append(characters.charAt(random.nextInt(characters.length())));
      name.append(random.nextInt(9) == 0 ? "!/" : random.nextInt(9) == 0 ? "%2521" : "");
    }
    return name.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vol", "a@b", "a:b", "a:1", "a b", "é%2F", "A.b-c_d"})
  void namesAreReadBack(String name) {
    NamedUri named = new NamedUri(name, "/in side");
    assertEquals(Optional.of(named), NamedUri.of(named.inside("/in side")));
  }

  @Test
  void everyUtf16UnitComesBack() {
    for (int c = 1; c <= 0xffff; c++) {
      String text = "/a" + (char) c + "b";
      assertEquals(text, PercentCode.decode(PercentCode.encode(text)));
    }
    assertEquals("%F0%9F%94%91", PercentCode.encode("🔑"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "%4",
        "%GG",
        "%80",
        "%C3",
        "%C3x",
        "%C3%20",
        "%C0%AF",
        "%FF",
        "%F8%88%80%80%80",
        "%F4%90%80%80",
        "%E0%80%80"
      })
  void escapesThatAreNoUtf8AreRefused(String path) {
    assertThrows(IllegalArgumentException.class, () -> PercentCode.decode(path));
  }

  @Test
  void aUriOfAnyLengthIsRead() {
    String many = "a:".repeat(100_000);
    assertTrue(TcplayUri.isInside(URI.create("tcplay:" + many + "!/in")));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> TcplayUri.parse(URI.create("tcplay:" + many + "//hidden@host/x.tc!/in")))
            .getMessage();
    assertEquals("a tcplay URI has no user information", message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///x.tc",
        "tcplay:x.tc",
        "tcplay:relative/x.tc",
        "tcplay://hidden@host/x.tc",
        "tcplay://host/x.tc",
        "tcplay:file:///x.tc?password=hidden",
        "tcplay:/x.tc?hidden",
        "tcplay:file:///x.tc#hidden",
        "tcplay:file:///x.tc!/in#hidden",
        "tcplay:s3x://key:hidden@host/x.tc!/in",
        "tcplay:!/in",
      })
  void otherUrisAreRefusedWithoutBeingShown(String uri) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> TcplayUri.parse(URI.create(uri)))
            .getMessage();
    assertFalse(message.contains("hidden"), message);
  }
}
