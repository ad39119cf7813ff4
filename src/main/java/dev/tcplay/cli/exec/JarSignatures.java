package dev.tcplay.cli.exec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who signed the files of a jar. It is read once from its beginning to its end, as the JDK checks
 * signatures of files only on its own way to them.
 *
 * @param isSigned whether the jar has signatures
 * @param signers those of each signed entry
 */
record JarSignatures(boolean isSigned, Map<String, CodeSigner[]> signers) {

  static final JarSignatures NONE = new JarSignatures(false, Map.of());

  private static final String VERSIONS = "META-INF/versions/";

  /** The first release that has versions of its own in a jar. */
  private static final int FIRST = 9;

  /**
   * Reads and checks the signatures.
   *
   * @throws IOException if an entry is not what was signed, or the manifest is not the first entry
   */
  static JarSignatures of(Path jar, Path root) throws IOException {
    if (!isSigned(root)) {
      return NONE;
    }
    Map<String, CodeSigner[]> signers = new HashMap<>();
    try (InputStream bytes = Files.newInputStream(jar);
        JarInputStream entries = new JarInputStream(bytes, true)) {
      if (entries.getManifest() == null) {
        // Only then does the JDK check anything on this way.
        throw new IOException(jar + ": is signed, and its manifest does not come first");
      }
      JarEntry entry;
      while ((entry = entries.getNextJarEntry()) != null) {
        entries.transferTo(OutputStream.nullOutputStream());
        entries.closeEntry();
        CodeSigner[] own = entry.getCodeSigners();
        if (own != null) {
          signers.put(entry.getName(), own);
        }
      }
    } catch (SecurityException e) {
      throw new IOException(jar + ": " + e.getMessage(), e);
    }
    return new JarSignatures(true, Map.copyOf(signers));
  }

  private static boolean isSigned(Path root) throws IOException {
    Path folder = root.resolve("META-INF");
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().toUpperCase(Locale.ROOT).endsWith(".SF"));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Returns the signers of what this release finds under a name, null if there are none. */
  CodeSigner @Nullable [] of(String name) {
    for (int release = isSigned ? Runtime.version().feature() : 0; release >= FIRST; release--) {
      CodeSigner[] own = signers.get(VERSIONS + release + "/" + name);
      if (own != null) {
        return own;
      }
    }
    return signers.get(name);
  }
}
