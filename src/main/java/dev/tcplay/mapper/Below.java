package dev.tcplay.mapper;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;

/** What one table of a device stands on: it opens devices, and knows what they are called now. */
interface Below {

  /** Opens a device that a table names; closing it writes nothing. */
  BlockDevice open(String name) throws IOException;

  /** Returns the name by which a device is known now that the table had by another one. */
  String currentName(String name);
}
