package dev.tcplay.fs;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** How a driver mounts a volume. Immutable. */
public final class MountOptions {

  /** Writable, by a driver that was found, with UTC and US-ASCII. */
  public static final MountOptions DEFAULT =
      new MountOptions(false, false, ZoneOffset.UTC, StandardCharsets.US_ASCII);

  private final boolean readOnly;
  private final boolean named;
  private final ZoneId zone;
  private final Charset codePage;

  private MountOptions(boolean readOnly, boolean named, ZoneId zone, Charset codePage) {
    this.readOnly = readOnly;
    this.named = named;
    this.zone = zone;
    this.codePage = codePage;
  }

  /** Returns these options with or without the wish that nothing is written. */
  public MountOptions withReadOnly(boolean value) {
    return new MountOptions(value, named, zone, codePage);
  }

  /** Returns these options for a driver that the caller has named, or has not. */
  public MountOptions withNamed(boolean value) {
    return new MountOptions(readOnly, value, zone, codePage);
  }

  /** Returns these options with a zone. */
  public MountOptions withZone(ZoneId value) {
    return new MountOptions(readOnly, named, value, codePage);
  }

  /** Returns these options with a character set. */
  public MountOptions withCodePage(Charset value) {
    return new MountOptions(readOnly, named, zone, value);
  }

  /** Returns whether nothing may be written. */
  public boolean readOnly() {
    return readOnly;
  }

  /** Returns whether the caller named the driver: it may do without part of the evidence then. */
  public boolean named() {
    return named;
  }

  /** Returns the zone of on-disk times that are local times without a zone. */
  public ZoneId zone() {
    return zone;
  }

  /** Returns the character set of on-disk names that are bytes. */
  public Charset codePage() {
    return codePage;
  }
}
