package dev.tcplay.fs.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** The ways in which a whole file is packed, archive or not. */
enum Packing {
  GZIP("gz") {
    @Override
    InputStream unpack(DeviceStream packed) throws IOException {
      GzipHeader.check(packed);
      return GzipCompressorInputStream.builder()
          .setInputStream(packed)
          .setFileNameCharset(StandardCharsets.UTF_8)
          .get();
    }

    @Override
    @Nullable String name(InputStream unpacked) {
      return ((GzipCompressorInputStream) unpacked).getMetaData().getFileName();
    }
  },
  BZIP2("bz2") {
    @Override
    InputStream unpack(DeviceStream packed) throws IOException {
      return new BZip2CompressorInputStream(packed, false);
    }
  },
  XZ("xz") {
    @Override
    InputStream unpack(DeviceStream packed) throws IOException {
      return xz(packed);
    }
  };

  private final String suffix;

  Packing(String suffix) {
    this.suffix = suffix;
  }

  /** Returns what names of such files end with, without the dot. */
  String suffix() {
    return suffix;
  }

  /** Returns the packing of a volume that begins with these bytes, null if it is none. */
  static @Nullable Packing of(byte[] head) {
    if (GzipHeader.isAt(head)) {
      return GZIP;
    } else if (isBzip2(head)) {
      return BZIP2;
    } else if (Format.startsWith(head, "\u00FD7zXZ\0\0")) {
      return XZ;
    }
    return null;
  }

  /** A block, or the end, begins with the digits of pi or of its root. */
  private static boolean isBzip2(byte[] head) {
    return Format.startsWith(head, "BZh")
        && head.length >= 10
        && head[3] >= '1'
        && head[3] <= '9'
        && (Format.hasAt(head, 4, "1AY&SY") || Format.hasAt(head, 4, "\u0017rE8P\u0090"));
  }

  /**
   * Returns the unpacked bytes of one stream, behind which the position of the packed bytes is then
   * that of what follows.
   */
  abstract InputStream unpack(DeviceStream packed) throws IOException;

  /** Returns the name that the stream has for what is unpacked, null if it has none. */
  @Nullable String name(InputStream unpacked) {
    return null;
  }

  /** Unpacks one stream of xz within a share of the heap. */
  static InputStream xz(InputStream packed) throws IOException {
    return XZCompressorInputStream.builder()
        .setInputStream(packed)
        .setMemoryLimitKiB(Bounds.decoderKibibytes())
        .get();
  }
}
