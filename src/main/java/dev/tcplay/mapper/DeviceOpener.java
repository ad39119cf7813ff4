package dev.tcplay.mapper;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;

/** Opens what tables name and what is no mapped device, such as a file of the host. */
@FunctionalInterface
public interface DeviceOpener {

  /**
   * Opens a device, which all tables that name it share; it is closed when none does any more.
   *
   * @param name as tables have it
   * @param readOnly whether it will not be written
   * @throws IOException if there is no such device, or it cannot be opened
   */
  BlockDevice open(String name, boolean readOnly) throws IOException;
}
