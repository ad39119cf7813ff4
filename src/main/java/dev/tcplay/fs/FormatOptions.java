package dev.tcplay.fs;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** How a driver makes an empty file system. Immutable. */
public final class FormatOptions {

  /** The type that suits the size, no label, UTC and US-ASCII, on a disk of the volume's own. */
  public static final FormatOptions DEFAULT =
      new FormatOptions(
          Optional.empty(), Optional.empty(), ZoneOffset.UTC, StandardCharsets.US_ASCII, 0);

  private final Optional<String> type;
  private final Optional<String> label;
  private final ZoneId zone;
  private final Charset codePage;
  private final long start;

  private FormatOptions(
      Optional<String> type, Optional<String> label, ZoneId zone, Charset codePage, long start) {
    this.type = type;
    this.label = label;
    this.zone = zone;
    this.codePage = codePage;
    this.start = start;
  }

  /** Returns these options with a type, or with the one that suits the size. */
  public FormatOptions withType(Optional<String> value) {
    return new FormatOptions(value, label, zone, codePage, start);
  }

  /** Returns these options with a label, or without. */
  public FormatOptions withLabel(Optional<String> value) {
    return new FormatOptions(type, value, zone, codePage, start);
  }

  /** Returns these options with a zone. */
  public FormatOptions withZone(ZoneId value) {
    return new FormatOptions(type, label, value, codePage, start);
  }

  /** Returns these options with a character set. */
  public FormatOptions withCodePage(Charset value) {
    return new FormatOptions(type, label, zone, value, start);
  }

  /** Returns these options for a partition that begins at a byte of its disk, 0 or more. */
  public FormatOptions withStart(long value) {
    return new FormatOptions(type, label, zone, codePage, value);
  }

  /**
   * Returns the type where a driver makes several, such as {@code FAT16}; case is ignored; empty
   * for what suits the size.
   */
  public Optional<String> type() {
    return type;
  }

  /** Returns the volume's label, empty for none. */
  public Optional<String> label() {
    return label;
  }

  /** Returns the zone of on-disk times that are local times without a zone. */
  public ZoneId zone() {
    return zone;
  }

  /** Returns the character set of on-disk names that are bytes. */
  public Charset codePage() {
    return codePage;
  }

  /**
   * Returns the bytes before the volume on its disk, 0 where it is no partition; for boot sectors
   * that keep it.
   */
  public long start() {
    return start;
  }
}
