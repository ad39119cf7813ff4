/**
 * TrueCrypt and VeraCrypt containers as {@link java.nio.file.FileSystem file systems}, in plain
 * Java.
 *
 * <p>The provider of the URI scheme {@code tcplay} opens a container, decrypts it sector by sector
 * and mounts the file system inside, so that ordinary {@link java.nio.file.Files} code reads its
 * contents. {@link dev.tcplay.Tcplay} is the place to start.
 */
module dev.tcplay {
  // Who wants Blowfish, CAST5, Triple DES or the self-test brings it.
  requires static org.bouncycastle.provider;
  // Who wants archives shown brings it.
  requires static org.apache.commons.compress;
  // Not transitive: programs compile without it.
  requires static org.jspecify;

  exports dev.tcplay;
  exports dev.tcplay.block;
  exports dev.tcplay.block.cache;
  exports dev.tcplay.block.host;
  exports dev.tcplay.fs;
  exports dev.tcplay.mapper;
  exports dev.tcplay.model;

  // The virtual machine makes the root mount, nobody else.
  exports dev.tcplay.nio.root to
      java.base;

  uses dev.tcplay.model.KeyProvider;
  uses dev.tcplay.fs.FileSystemDriver;
  uses java.nio.file.spi.FileSystemProvider;

  provides java.nio.file.spi.FileSystemProvider with
      dev.tcplay.nio.TcplayFileSystemProvider;
  provides java.net.spi.URLStreamHandlerProvider with
      dev.tcplay.nio.UrlHandlers;
  provides dev.tcplay.fs.FileSystemDriver with
      dev.tcplay.fs.fat.FatDriver,
      dev.tcplay.fs.exfat.ExFatDriver,
      dev.tcplay.fs.archive.ArchiveDriver,
      dev.tcplay.fs.raw.RawDriver;
}
