package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What channels and streams make of a position, or of a count, that is far behind the end. */
final class FarProbes {

  /** What a channel or stream makes of a position. */
  interface Probe {
    Object at(Path file, long position) throws Exception;
  }

  private FarProbes() {}

  /** Returns all of them by name. */
  static Map<String, Probe> all() {
    Map<String, Probe> probes = new LinkedHashMap<>();
    probes.put(
        "byte channel",
        (file, position) -> {
          try (SeekableByteChannel channel = Files.newByteChannel(file, READ, WRITE)) {
            channel.position(position);
            return List.of(
                channel.position(),
                channel.read(ByteBuffer.allocate(5)),
                channel.write(ByteBuffer.allocate(0)),
                channel.position(),
                channel.truncate(position).size(),
                channel.position());
          }
        });
    probes.put(
        "file channel's own position",
        (file, position) -> {
          try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            channel.position(position);
            ByteBuffer[] several = {ByteBuffer.allocate(2), ByteBuffer.allocateDirect(9)};
            return List.of(
                channel.position(),
                channel.read(ByteBuffer.allocateDirect(5)),
                channel.read(several),
                channel.write(ByteBuffer.allocate(0)),
                channel.position(),
                channel.truncate(position).size());
          }
        });
    probes.put(
        "positional read",
        (file, position) -> {
          try (FileChannel channel = FileChannel.open(file)) {
            return List.of(
                channel.read(ByteBuffer.allocate(1), position),
                channel.read(ByteBuffer.allocateDirect(200_000), position),
                channel.position());
          }
        });
    probes.put(
        "positional write of nothing",
        (file, position) -> {
          try (FileChannel channel = FileChannel.open(file, WRITE)) {
            return List.of(channel.write(ByteBuffer.allocate(0), position), channel.size());
          }
        });
    probes.put(
        "transfer from a position",
        (file, position) -> {
          ByteArrayOutputStream copy = new ByteArrayOutputStream();
          try (FileChannel channel = FileChannel.open(file)) {
            return List.of(
                channel.transferTo(position, 5, Channels.newChannel(copy)),
                channel.transferTo(position, Long.MAX_VALUE, Channels.newChannel(copy)),
                copy.size());
          }
        });
    probes.put(
        "transfer of so many bytes",
        (file, count) -> {
          ByteArrayOutputStream copy = new ByteArrayOutputStream();
          try (FileChannel channel = FileChannel.open(file)) {
            return List.of(
                channel.transferTo(1, count, Channels.newChannel(copy)),
                Arrays.hashCode(copy.toByteArray()));
          }
        });
    probes.put(
        "transfer of up to so many bytes into the file",
        (file, count) -> {
          try (FileChannel channel = FileChannel.open(file, WRITE)) {
            return List.of(channel.transferFrom(three(), 0, count), channel.size());
          }
        });
    probes.put(
        "lock",
        (file, position) -> {
          List<Object> found = new ArrayList<>();
          try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            for (long size : new long[] {1, 2, 1L << 32, Long.MAX_VALUE - position}) {
              for (long[] range : new long[][] {{position, size}, {size, position}}) {
                try (FileLock lock = channel.tryLock(range[0], range[1], size == 2)) {
                  found.add(lock.toString().replaceAll(".*\\[", ""));
                } catch (IllegalArgumentException e) {
                  found.add(e.getClass());
                }
              }
            }
          }
          return found;
        });
    probes.put(
        "asynchronous channel",
        (file, position) -> {
          try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(file, READ, WRITE)) {
            return List.of(
                channel.read(ByteBuffer.allocate(5), position).get(),
                channel.write(ByteBuffer.allocate(0), position).get(),
                channel.truncate(position).size());
          }
        });
    probes.put(
        "stream that skips",
        (file, count) -> {
          try (InputStream in = Files.newInputStream(file)) {
            return List.of(in.skip(1), in.skip(count), in.read(), in.available());
          }
        });
    probes.put(
        "stream that must skip",
        (file, count) -> {
          try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(Math.max(count, Files.size(file) + 1));
            return in.read();
          }
        });
    probes.put(
        "stream with a mark",
        (file, count) -> {
          try (InputStream in = Files.newInputStream(file)) {
            in.mark((int) count);
            in.skip(count);
            in.reset();
            return in.read();
          }
        });
    return probes;
  }

  static ReadableByteChannel three() {
    return Channels.newChannel(new ByteArrayInputStream(new byte[] {'x', 'y', 'z'}));
  }
}
