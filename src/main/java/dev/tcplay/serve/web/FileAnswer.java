package dev.tcplay.serve.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The contents of a file as the answer to GET or HEAD, the whole or some ranges. */
final class FileAnswer {

  private static final int CHUNK = 64 << 10;

  private FileAnswer() {}

  /**
   * Sends a file.
   *
   * @throws HttpFailure if a condition of the request is not met, or no range lies in the file
   */
  static void send(Exchange exchange, Tree tree, Place place) throws IOException {
    Path file = place.real();
    String tag = tree.tags().of(file, place.known());
    exchange.addHeader("ETag", tag);
    exchange.addHeader(
        "Last-Modified", Conditions.date(place.known().lastModifiedTime().toInstant()));
    exchange.addHeader("Accept-Ranges", "bytes");
    Conditions.check(exchange, place, Optional.of(tag));
    String type = MediaTypes.of(place.path().getFileName());
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long size = channel.size();
      List<ByteRange> ranges = List.of();
      if (exchange.method().equals("GET") && Conditions.rangeHolds(exchange, tag)) {
        try {
          ranges = ByteRange.parse(exchange.header("Range"), size);
        } catch (HttpFailure e) {
          exchange.addHeader("Content-Range", "bytes */" + size);
          throw e;
        }
      }
      switch (ranges.size()) {
        case 0 -> {
          OutputStream out = exchange.answer(200, type, size);
          if (size > 0 && exchange.method().equals("GET")) {
            copy(channel, new ByteRange(0, size - 1), out);
          }
        }
        case 1 -> {
          exchange.addHeader("Content-Range", ranges.get(0).contentRange(size));
          copy(channel, ranges.get(0), exchange.answer(206, type, ranges.get(0).length()));
        }
        default -> several(exchange, channel, type, ranges);
      }
    }
  }

  private static void several(
      Exchange exchange, SeekableByteChannel channel, String type, List<ByteRange> ranges)
      throws IOException {
    long size = channel.size();
    String boundary = UUID.randomUUID().toString();
    byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(US_ASCII);
    List<byte[]> heads = new ArrayList<>();
    long length = end.length;
    for (ByteRange range : ranges) {
      String head =
          "\r\n--"
              + boundary
              + "\r\nContent-Type: "
              + type
              + "\r\nContent-Range: "
              + range.contentRange(size)
              + "\r\n\r\n";
      heads.add(head.getBytes(US_ASCII));
      length += heads.get(heads.size() - 1).length + range.length();
    }
    OutputStream out = exchange.answer(206, "multipart/byteranges; boundary=" + boundary, length);
    for (int i = 0; i < ranges.size(); i++) {
      out.write(heads.get(i));
      copy(channel, ranges.get(i), out);
    }
    out.write(end);
  }

  private static void copy(SeekableByteChannel channel, ByteRange range, OutputStream out)
      throws IOException {
    byte[] bytes = new byte[(int) Math.min(CHUNK, range.length())];
    channel.position(range.first());
    for (long left = range.length(); left > 0; ) {
      int read = channel.read(ByteBuffer.wrap(bytes, 0, (int) Math.min(bytes.length, left)));
      if (read < 0) {
        throw new EOFException("The file became shorter");
      }
      out.write(bytes, 0, read);
      left -= read;
    }
  }
}
