package dev.tcplay.nio;

import dev.tcplay.ContainerMaker;
import dev.tcplay.ContainerOptions;
import dev.tcplay.Credentials;
import dev.tcplay.NewContainer;
import dev.tcplay.NewFileSystem;
import dev.tcplay.NotAContainerException;
import dev.tcplay.VolumeFinding;
import dev.tcplay.VolumeRepair;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.volume.VolumeBuilder;
import dev.tcplay.volume.VolumeFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes containers and file systems in them, for the service loader. */
public final class LibraryContainerMaker implements ContainerMaker {

  /** For the service loader. */
  public LibraryContainerMaker() {}

  @Override
  public void create(Path container, Map<String, ?> env, NewContainer wanted) throws IOException {
    try (ContainerOptions options = ContainerOptions.parse(env)) {
      if (options.plain()) {
        throw new IllegalArgumentException(
            ContainerOptions.FORMAT + " must be TrueCrypt or VeraCrypt for a new container");
      }
      FileSystemDriver driver = Drivers.forMaking(options.filesystem());
      Path place = place(container, wanted.replaceExisting(), options.lock());
      try (Credentials credentials = CredentialSearch.find(container, options);
          VolumeBuilder builder = builder(options, credentials)) {
        wanted.random().ifPresent(builder::random);
        wanted.progress().ifPresent(builder::progress);
        builder
            .size(checkedSize(wanted.size()))
            .quick(wanted.quick())
            .replaceExisting(wanted.replaceExisting())
            .filling(volume -> driver.format(volume, formatOptions(options, wanted.fileSystem())))
            .create(place);
      }
    }
  }

  /** To the builder, 0 is what its contents need. */
  private static long checkedSize(long size) {
    if (size == 0) {
      throw new IllegalArgumentException("size: how large the container shall be must be said");
    }
    return size;
  }

  /** Returns where the container is to be written: what a link leads to, not the link. */
  private static Path place(Path container, boolean replace, boolean lock) throws IOException {
    if (!Files.exists(container, LinkOption.NOFOLLOW_LINKS)) {
      Path parent = container.toAbsolutePath().getParent();
      if (parent != null && !Files.isDirectory(parent)) {
        throw new NoSuchFileException(parent.toString());
      }
      return container;
    }
    if (!replace) {
      throw new FileAlreadyExistsException(container.toString());
    }
    if (!Files.isRegularFile(container)) {
      throw new FileSystemException(
          container.toString(), null, "is no regular file, and is not replaced");
    }
    Path place = container.toRealPath();
    // Refuses what is open elsewhere.
    FileDevice.open(place, false, lock, "the making of another container").close();
    return place;
  }

  private static VolumeBuilder builder(ContainerOptions options, Credentials credentials) {
    VolumeBuilder builder = new VolumeBuilder();
    builder.password(credentials.password());
    credentials.keyfiles().forEach(builder::keyfile);
    credentials.keyfileContents().forEach(builder::keyfile);
    builder.pim(options.pim().orElse(credentials.pim().orElse(0)));
    options.format().map(VolumeFormat::parse).ifPresent(builder::format);
    options.hash().ifPresent(builder::hash);
    options.cipher().ifPresent(builder::cipher);
    return builder;
  }

  @Override
  public void makeFileSystem(Path container, Map<String, ?> env, NewFileSystem wanted)
      throws IOException {
    try (ContainerOptions options = ContainerOptions.parse(env)) {
      if (options.overlay().isPresent()) {
        throw new IllegalArgumentException(
            ContainerOptions.OVERLAY + " would throw the new file system away");
      }
      FileSystemDriver driver = Drivers.forMaking(options.filesystem());
      Optional<String> refusal = HostCheck.refusal(container, env);
      if (refusal.isPresent()) {
        throw new NotAContainerException(container.toString(), refusal.get());
      }
      try (BlockDevice volume =
          ContainerMounter.openForWriting(
              container, options, "the making of a file system in " + container)) {
        driver.format(volume, formatOptions(options, wanted));
        volume.flush();
      } catch (FileSystemException e) {
        throw e.getFile() == null ? NamedFailures.of(e, container, null) : e;
      }
    }
  }

  @Override
  public void check(
      Path container,
      Map<String, ?> env,
      Optional<VolumeRepair> repair,
      Consumer<VolumeFinding> findings)
      throws IOException {
    VolumeChecker.check(container, env, repair, findings);
  }

  @Override
  public InputStream newInputStream(Path file) throws IOException {
    return FileDevice.newInputStream(file);
  }

  private static FormatOptions formatOptions(ContainerOptions options, NewFileSystem wanted) {
    return FormatOptions.DEFAULT
        .withType(wanted.type())
        .withLabel(wanted.label())
        .withZone(options.zone())
        .withCodePage(options.codePage());
  }
}
