package dev.tcplay.cli;

import dev.tcplay.Tcplay;
import dev.tcplay.model.Algorithm;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The values that shells complete options with. Each is made when it is asked for. */
final class Choices {

  private Choices() {}

  /** The ciphers there are. */
  static final class Ciphers implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return Tcplay.ciphers().stream().map(Algorithm::name).iterator();
    }
  }

  /** The hashes there are. */
  static final class Hashes implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return Tcplay.hashes().stream().map(Algorithm::name).iterator();
    }
  }

  /** The formats that open. */
  static final class Formats implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return List.of("VeraCrypt", "TrueCrypt", "plain").iterator();
    }
  }

  /** The formats that are made. */
  static final class NewFormats implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return List.of("VeraCrypt", "TrueCrypt").iterator();
    }
  }

  /** The file systems that are made. */
  static final class FileSystemTypes implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return List.of("fat12", "fat16", "fat32", "exfat").iterator();
    }
  }

  /** The dialects of a crypttab. */
  static final class Dialects implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return List.of("dragonfly", "debian", "systemd").iterator();
    }
  }

  /** The ways in which a tree is served. */
  static final class TreeKinds implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return Stream.of(TreeKind.values()).map(TreeKind::toString).iterator();
    }
  }
}
