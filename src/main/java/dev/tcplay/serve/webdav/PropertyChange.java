package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.Conditions;
import dev.tcplay.serve.web.HttpFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.w3c.dom.Element;

/**
 * One instruction of PROPPATCH. Immutable.
 *
 * @param name of the property
 * @param element what it is to be
 * @param removal whether it is to be removed
 */
record PropertyChange(PropertyName name, Element element, boolean removal) {

  /** Something that the file system is to do. */
  private interface Setter {
    void run() throws IOException;
  }

  /**
   * Checks the instruction, and does it on a map of dead properties.
   *
   * @return whether the file system must do it, see {@link #apply}
   * @throws HttpFailure if it cannot be done
   */
  boolean prepare(Map<PropertyName, String> dead) throws IOException {
    if (!LiveProperties.has(name)) {
      if (removal) {
        dead.remove(name);
      } else {
        dead.put(name, XmlText.whole(element));
      }
      return false;
    }
    setter(Path.of(""));
    return true;
  }

  /** Has the file system do it. */
  void apply(Path file) throws IOException {
    setter(file).run();
  }

  private Setter setter(Path file) throws HttpFailure {
    if (!removal) {
      String text = element.getTextContent();
      switch (name.local()) {
        case "getlastmodified", "Win32LastModifiedTime" -> {
          FileTime time = time(text);
          return () -> view(file).setTimes(time, null, null);
        }
        case "Win32LastAccessTime" -> {
          FileTime time = time(text);
          return () -> view(file).setTimes(null, time, null);
        }
        case "Win32CreationTime" -> {
          FileTime time = time(text);
          return () -> view(file).setTimes(null, null, time);
        }
        case "Win32FileAttributes" -> {
          int bits = bits(text);
          return () -> DosBits.set(file, bits);
        }
        default -> {
          // Computed, as are all others.
        }
      }
    }
    throw new HttpFailure(403, "A property that is computed");
  }

  private static BasicFileAttributeView view(Path file) {
    return Files.getFileAttributeView(file, BasicFileAttributeView.class);
  }

  private static FileTime time(String text) throws HttpFailure {
    return Conditions.date(text)
        .map(FileTime::from)
        .orElseThrow(() -> new HttpFailure(409, "Not a date"));
  }

  private static int bits(String text) throws HttpFailure {
    try {
      return Integer.parseUnsignedInt(text.strip(), 16);
    } catch (NumberFormatException e) {
      throw new HttpFailure(409, "Not a number of eight digits");
    }
  }
}
