package dev.tcplay.mapper;

import java.nio.file.FileSystemException;

/** A mapped device is not removed, or not changed, as somebody has it open. */
public final class DeviceBusyException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  DeviceBusyException(String name, String reason) {
    super(name, null, reason);
  }
}
