package dev.tcplay;

import dev.tcplay.container.Algorithms;
import dev.tcplay.crypto.Diagnostics;
import dev.tcplay.model.Algorithm;
import dev.tcplay.model.CryptoDiagnostics;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Opens and makes TrueCrypt and VeraCrypt containers.
 *
 * <pre>{@code
 * try (FileSystem volume = Tcplay.open(Path.of("secret.hc")).password(password).mount()) {
 *   Files.copy(volume.getPath("/letter.txt"), Path.of("letter.txt"));
 * }
 * }</pre>
 *
 * <p>The same without this class: {@code FileSystems.newFileSystem(Path.of("secret.hc"),
 * Map.of("password", password))}, or by URI, {@code
 * FileSystems.newFileSystem(URI.create("tcplay:/home/me/secret.hc"), env)}, which also lets {@code
 * Path.of(URI.create("tcplay:file:///home/me/secret.hc!/letter.txt"))} find the open file system.
 */
public final class Tcplay {

  /** The scheme of our URIs. */
  public static final String SCHEME = "tcplay";

  private Tcplay() {}

  /** Begins to open a container; nothing is read until it is mounted. */
  public static ContainerOpener open(Path container) {
    return new ContainerOpener(container);
  }

  /** Begins to make a container; nothing is written until it is created. */
  public static ContainerCreator create(Path container) {
    return new ContainerCreator(container);
  }

  /** Begins to change the keys of a container; nothing is read until they are changed. */
  public static ContainerKeyChange change(Path container) {
    return new ContainerKeyChange(container);
  }

  /** Begins to let a container grow; nothing is read until it is expanded. */
  public static ContainerExpansion expand(Path container) {
    return new ContainerExpansion(container);
  }

  /**
   * Begins work on the headers of a container; nothing is read until one of its methods is called.
   */
  public static ContainerHeaders headers(Path container) {
    return new ContainerHeaders(container);
  }

  /** Returns what proves and measures the cryptography on this machine. */
  public static CryptoDiagnostics diagnostics() {
    return new Diagnostics();
  }

  /**
   * Returns the cipher chains of all formats, each with the containers that use it. {@link
   * dev.tcplay.model.ContainerOptions#CIPHER} takes their names.
   */
  public static List<Algorithm> ciphers() {
    return Algorithms.ciphers();
  }

  /**
   * Returns the functions of the header key of all formats, each with the containers that use it.
   * {@link dev.tcplay.model.ContainerOptions#HASH} takes their names.
   */
  public static List<Algorithm> hashes() {
    return Algorithms.hashes();
  }

  /**
   * Returns the provider that came with this class: the installed one, or, where a class loader of
   * its own loaded the library, one that the loader finds.
   */
  static FileSystemProvider provider() {
    ClassLoader loader = Tcplay.class.getClassLoader();
    for (FileSystemProvider provider : FileSystemProvider.installedProviders()) {
      if (provider.getScheme().equals(SCHEME) && provider.getClass().getClassLoader() == loader) {
        return provider;
      }
    }
    return ServiceLoader.load(FileSystemProvider.class, loader).stream()
        .filter(candidate -> candidate.type().getClassLoader() == loader)
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.getScheme().equals(SCHEME))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no file system provider for " + SCHEME));
  }
}
