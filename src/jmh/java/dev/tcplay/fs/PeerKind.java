package dev.tcplay.fs;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import de.waldheinz.fs.fat.FatType;
import de.waldheinz.fs.fat.SuperFloppyFormatter;
import de.waldheinz.fs.util.FileDisk;
import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** The file systems that are compared, each in a fresh folder of the host. */
public enum PeerKind {
  /** Our driver on a plain image, called as a provider calls it. */
  DRIVER {
    @Override
    Peer make(Path folder) throws IOException {
      return DriverPeer.format(
          new CachedDevice(
              FileDevice.open(image(folder), HostOpen.writing()), CachedDevice.defaultBudget()));
    }
  },
  /** {@code Files} on a plain image. */
  FILES {
    @Override
    Peer make(Path folder) throws IOException {
      Path image = image(folder);
      try (BlockDevice device = FileDevice.open(image, HostOpen.writing())) {
        DriverPeer.format(device).close();
      }
      return open(folder);
    }

    @Override
    Peer open(Path folder) throws IOException {
      return plain(folder);
    }
  },
  /** {@code Files} on a plain image that is exFAT. */
  EXFAT {
    @Override
    Peer make(Path folder) throws IOException {
      Path image = image(folder);
      try (BlockDevice device = FileDevice.open(image, HostOpen.writing())) {
        DriverPeer.driver("exfat").format(device, FormatOptions.DEFAULT);
      }
      return plain(folder);
    }
  },
  /** {@code Files} in an AES container. */
  AES {
    @Override
    Peer make(Path folder) throws IOException {
      Path container = folder.resolve(IMAGE);
      Tcplay.create(container).size(SIZE).password(PASSWORD).pim(1).quick(true).create();
      return open(folder);
    }

    @Override
    Peer open(Path folder) throws IOException {
      ContainerOpener opener = Tcplay.open(folder.resolve(IMAGE)).password(PASSWORD).pim(1);
      return files(opener.hash("SHA-512").cipher("AES"));
    }
  },
  /** The file system of the host. */
  HOST {
    @Override
    Peer make(Path folder) {
      return new FilesPeer(folder, () -> {});
    }

    @Override
    Peer open(Path folder) {
      return make(folder);
    }
  },
  /** Google's file system in memory. */
  JIMFS {
    @Override
    Peer make(Path folder) {
      FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
      return new FilesPeer(memory.getPath("/work"), memory);
    }
  },
  /** The FAT driver of Maven Central, on a plain image. */
  FAT32LIB {
    @Override
    Peer make(Path folder) throws IOException {
      FileDisk disk = FileDisk.create(folder.resolve(IMAGE).toFile(), SIZE);
      return new Fat32LibPeer(SuperFloppyFormatter.get(disk).setFatType(FatType.FAT32).format());
    }
  };

  /** Bytes of each volume; FAT32 by any rule. */
  static final long SIZE = 1L << 30;

  private static final String IMAGE = "volume.img";
  private static final String PASSWORD = "a password of the benchmark";

  /** Makes an empty file system; closing it leaves the folder to be deleted. */
  abstract Peer make(Path folder) throws IOException;

  /** Opens what was made in a folder and closed since, where that can be. */
  Peer open(Path folder) throws IOException {
    throw new UnsupportedOperationException(this + " keeps nothing in " + folder);
  }

  /** Makes a fresh folder of the host; {@code java.io.tmpdir} says where. */
  Path folder() throws IOException {
    return Files.createTempDirectory("peer-" + name().toLowerCase(Locale.ROOT));
  }

  private static Path image(Path folder) throws IOException {
    Path image = folder.resolve(IMAGE);
    try (SeekableByteChannel channel =
        Files.newByteChannel(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.position(SIZE - 1).write(ByteBuffer.allocate(1));
    }
    return image;
  }

  private static Peer plain(Path folder) throws IOException {
    return files(Tcplay.open(folder.resolve(IMAGE)).format("plain"));
  }

  private static Peer files(ContainerOpener opener) throws IOException {
    FileSystem volume = opener.mount();
    return new FilesPeer(volume.getPath("/"), volume);
  }
}
