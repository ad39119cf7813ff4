package dev.tcplay.nio;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.model.Keys;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.PlainProvider;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A program that uses a container and prints what whoever watches the host sees: every transfer,
 * and what failures say. With one processor no threads help each other, so that the order of
 * transfers does not depend on the time.
 */
final class HiddenWatch {

  private static final int LARGER = 256 << 10;

  private final Path container;
  private final Keys keys;
  private final boolean hidden;
  private final PlainProvider provider = new PlainProvider();

  private HiddenWatch(String[] arguments) {
    container = Path.of(arguments[0]);
    keys = keys(arguments[1], arguments[2], arguments[3], Integer.parseInt(arguments[4]));
    hidden = Boolean.parseBoolean(arguments[5]);
  }

  static Keys keys(String password, String hash, String cipher, int pim) {
    return Keys.builder().password(password).hash(hash).cipher(cipher).pim(pim).build();
  }

  private interface Use {
    void run() throws IOException;
  }

  /** Takes a container, its password, hash, cipher and PIM, and whether it is the hidden volume. */
  public static void main(String[] arguments) throws IOException {
    HiddenWatch watch = new HiddenWatch(arguments);
    watch.provider.listen(System.out::println);
    Path host = watch.provider.wrap(watch.container);
    watch.see("open", () -> watch.opener(watch.keys).open().close());
    watch.see("open to read", () -> watch.opener(watch.keys).readOnly(true).open().close());
    watch.see("list", watch::list);
    watch.see("write", watch::write);
    watch.see("list what was written", watch::list);
    watch.see("wrong password", () -> watch.fail(watch.opener(watch.wrong())));
    watch.see(
        "wrong password, backup", () -> watch.fail(watch.opener(watch.wrong()).backupHeader(true)));
    watch.see("info", () -> Tcplay.headers(host).keys(watch.keys).hidden(watch.hidden).info());
    watch.see("change", () -> Tcplay.change(host).keys(watch.keys).hidden(watch.hidden).change());
    watch.see(
        "restore", () -> Tcplay.headers(host).keys(watch.keys).hidden(watch.hidden).restore());
    if (!watch.hidden) {
      long larger = Files.size(watch.container) + LARGER;
      watch.see("expand", () -> Tcplay.expand(host).keys(watch.keys).expand(larger));
      watch.see("list after growth", watch::list);
    }
  }

  private void see(String what, Use use) throws IOException {
    System.out.println("# " + what);
    use.run();
  }

  private ContainerOpener opener(Keys with) {
    return Tcplay.open(provider.wrap(container))
        .keys(with)
        .hidden(hidden)
        .syncInterval(Duration.ofHours(1));
  }

  private Keys wrong() {
    return keys(
        "wrong", keys.hash().orElseThrow(), keys.cipher().orElseThrow(), keys.pim().orElseThrow());
  }

  private void list() throws IOException {
    try (FileSystem volume = opener(keys).readOnly(true).mount();
        Stream<Path> files = Files.walk(volume.getPath("/"))) {
      files.forEach(file -> System.out.println(file + " " + Files.isDirectory(file)));
    }
  }

  private void write() throws IOException {
    byte[] contents = new byte[40_000];
    Arrays.fill(contents, (byte) 7);
    try (FileSystem volume = opener(keys).mount()) {
      Files.write(volume.getPath("/written.bin"), contents);
      Files.createDirectory(volume.getPath("/directory"));
      if (!Arrays.equals(contents, Files.readAllBytes(volume.getPath("/written.bin")))) {
        throw new IOException("not what was written");
      }
      Files.delete(volume.getPath("/directory"));
    }
  }

  private void fail(ContainerOpener opener) throws IOException {
    try {
      opener.open().close();
      throw new IllegalStateException("it opened");
    } catch (WrongPasswordException e) {
      System.out.println(e.getMessage().replace(container.toString(), "the container"));
    }
  }
}
