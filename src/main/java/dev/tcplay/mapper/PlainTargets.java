package dev.tcplay.mapper;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.DelayDevice;
import dev.tcplay.block.ErrorDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.block.StripedDevice;
import dev.tcplay.block.ZeroDevice;
import dev.tcplay.mapper.TargetType.Lower;
import dev.tcplay.mapper.TargetType.Recipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The targets that take no messages. */
final class PlainTargets {

  /** Where a target lies on a device below: a name, and bytes behind its start. */
  record Place(String device, long offset) {

    static Place read(Parameters from, String prefix) throws MalformedTableException {
      return new Place(from.device(prefix + "device"), from.sectors(prefix + "offset"));
    }

    BlockDevice window(Lower lower, long bytes) throws IOException {
      return on(lower.open(device()), bytes);
    }

    /** Returns the window of a device that is open. */
    BlockDevice on(BlockDevice device, long bytes) throws IOException {
      try {
        return new LinearDevice(device, offset, bytes);
      } catch (IllegalArgumentException e) {
        throw new IOException(
            "%d sectors from %d on are not inside %s, which has %d"
                .formatted(
                    bytes / TargetType.SECTOR,
                    offset / TargetType.SECTOR,
                    device(),
                    device.size() / TargetType.SECTOR),
            e);
      }
    }
  }

  private PlainTargets() {}

  static Recipe zero(Parameters from) throws MalformedTableException {
    long bytes = from.bytes();
    return lower -> plain(new ZeroDevice(bytes));
  }

  static Recipe error(Parameters from) throws MalformedTableException {
    long bytes = from.bytes();
    return lower -> plain(new ErrorDevice(bytes));
  }

  static Recipe linear(Parameters from) throws MalformedTableException {
    long bytes = from.bytes();
    Place place = Place.read(from, "");
    return lower -> plain(place.window(lower, bytes));
  }

  private static Target plain(BlockDevice device) {
    return () -> device;
  }

  static Recipe striped(Parameters from) throws MalformedTableException {
    long bytes = from.bytes();
    int count = (int) from.number("number of stripes", 1, 1 << 10);
    int mostChunk = Integer.MAX_VALUE / TargetType.SECTOR;
    int chunk = (int) from.number("chunk size", 1, mostChunk) * TargetType.SECTOR;
    if (bytes % count != 0 || bytes / count % chunk != 0) {
      throw from.wrong("length is not divided by %d stripes of whole chunks".formatted(count));
    }
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(Place.read(from, ""));
    }
    return lower -> {
      List<BlockDevice> stripes = new ArrayList<>();
      for (Place place : places) {
        stripes.add(place.window(lower, bytes / count));
      }
      return new Striped(new StripedDevice(stripes, chunk), places);
    };
  }

  private record Striped(BlockDevice device, List<Place> places) implements Target {

    @Override
    public String status() {
      List<String> names = places.stream().map(Place::device).toList();
      return "%d %s 1 %s"
          .formatted(names.size(), String.join(" ", names), "A".repeat(names.size()));
    }
  }

  static Recipe delay(Parameters from) throws MalformedTableException {
    long bytes = from.bytes();
    Place reads = Place.read(from, "");
    long readDelay = millis(from, "delay");
    boolean two = from.hasMore();
    Place writes = two ? Place.read(from, "write ") : reads;
    long writeDelay = two ? millis(from, "write delay") : readDelay;
    boolean three = from.hasMore();
    Place flushes = three ? Place.read(from, "flush ") : writes;
    long flushDelay = three ? millis(from, "flush delay") : writeDelay;
    return lower -> {
      BlockDevice read = reads.window(lower, bytes);
      BlockDevice write = two ? writes.window(lower, bytes) : read;
      BlockDevice flush = three ? flushes.window(lower, bytes) : write;
      return plain(
          new DelayDevice(
              new DelayDevice.Way(read, readDelay),
              new DelayDevice.Way(write, writeDelay),
              new DelayDevice.Way(flush, flushDelay)));
    };
  }

  private static long millis(Parameters from, String field) throws MalformedTableException {
    return from.number(field, 0, TimeUnit.DAYS.toMillis(1));
  }
}
