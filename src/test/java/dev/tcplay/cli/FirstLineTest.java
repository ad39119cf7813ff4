package dev.tcplay.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class FirstLineTest {

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
  }

  private static String firstLine(InputStream stream) throws IOException {
    return new String(FirstLine.of(stream), ISO_8859_1);
  }

  @Test
  void theLineEndIsNoPartOfThePassword() throws IOException {
    assertEquals("secret", firstLine(bytes("secret\nmore\n")));
    assertEquals("secret", firstLine(bytes("secret\r\nmore")));
    assertEquals("secret", firstLine(bytes("secret")));
  }

  @Test
  void everyOtherByteIs() throws IOException {
    assertEquals(" \t\u00ff\0 \r", firstLine(bytes(" \t\u00ff\0 \r")));
    assertEquals("a\rb\r", firstLine(bytes("a\rb\r\r\n")));
  }

  @Test
  void anEmptyLineIsTheEmptyPassword() throws IOException {
    assertEquals("", firstLine(bytes("\nsecret")));
    assertEquals("", firstLine(bytes("")));
  }

  @Test
  void theStreamIsReadNoFurtherThanTheLine() throws IOException {
    InputStream stream = bytes("secret\nrest");
    firstLine(stream);
    assertEquals("rest", new String(stream.readAllBytes(), ISO_8859_1));
  }

  @Test
  void aLineWithoutEndIsRefused() {
    assertThrows(IOException.class, () -> FirstLine.of(bytes("x".repeat((1 << 16) + 1))));
  }
}
