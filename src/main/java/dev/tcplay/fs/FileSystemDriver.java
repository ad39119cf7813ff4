package dev.tcplay.fs;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * One on-disk file system, found by {@link java.util.ServiceLoader}.
 *
 * <p>To add a file system, implement this interface in a public class with a public constructor
 * without parameters and name it in {@code META-INF/services/dev.tcplay.fs.FileSystemDriver}, in a
 * module also by {@code provides}. Drivers are stateless and safe for any number of threads.
 *
 * <p>Drivers are looked for at each mount, by the class loader of this library and then by the
 * thread's context class loader. Of several with one name the first counts. One that cannot be
 * loaded is left out. What {@link #probe}, {@link #canWrite} or {@link #mount} throws unchecked
 * ends the mount with a {@link java.nio.file.FileSystemException} that names the driver.
 */
public interface FileSystemDriver {

  /** The rank of a volume that is not of this file system. */
  int NOT_MINE = 0;

  /** The rank given by a driver that can show any volume, and serves where no other knows it. */
  int FALLBACK = 100;

  /** The rank of a volume that lacks one mark of this file system, and bears enough others. */
  int LIKELY = 500;

  /** The rank of a volume that bears the marks of this file system, sound or damaged. */
  int RECOGNISED = 900;

  /** Returns the name by which a caller asks for this driver, a constant in lower case. */
  String name();

  /**
   * Looks at the volume's first sectors. Reads a small, fixed number of sectors and never fails for
   * what it finds there, nor for a volume that is shorter. The driver with the highest rank mounts
   * the volume, of several the first one found. Where a volume has a partition table and no driver
   * ranks it above {@link #FALLBACK}, drivers are asked about each partition.
   *
   * <p>Volumes of several kinds bear one mark: NTFS, exFAT, FAT and partition tables all have 55 AA
   * at byte 510. A driver may rank between the constants, the higher the more its marks weigh.
   *
   * @return {@link #NOT_MINE}, or a positive rank
   * @throws IOException if the device fails
   */
  int probe(BlockDevice volume) throws IOException;

  /**
   * Returns whether this driver can write. As long as none of the drivers that may mount a
   * container can, its file is opened as by a reader.
   *
   * @param named whether the caller named the driver
   */
  default boolean canWrite(boolean named) {
    return false;
  }

  /**
   * Mounts the volume, read-only if the options or the device ask for it, or if what is damaged on
   * it makes writing unsafe. The device is closed by the returned volume, and stays the caller's
   * when this method fails.
   *
   * @throws CorruptFileSystemException if a field that is needed is damaged; the reason names it
   * @throws IOException if the device fails
   */
  MountedVolume mount(BlockDevice volume, MountOptions options) throws IOException;

  /**
   * Makes an empty file system on the volume; what was on it is lost. Space that files will take is
   * not touched. The device stays open and the caller's. A call may be a rehearsal, on a device
   * that forgets what is written.
   *
   * @throws UnsupportedOperationException if this driver makes no file systems
   * @throws IllegalArgumentException if the options or the size of the volume do not suit; nothing
   *     was written
   * @throws IOException if the device fails
   */
  default void format(BlockDevice volume, FormatOptions options) throws IOException {
    throw new UnsupportedOperationException(name() + " cannot be formatted");
  }

  /**
   * Looks for damage everywhere on the volume and writes nothing. Takes memory in proportion to the
   * volume's number of clusters, and time to its tables and directories.
   *
   * @param findings told of each thing amiss, in the order found
   * @throws UnsupportedOperationException if this driver checks nothing
   * @throws CorruptFileSystemException if the volume cannot be mounted at all
   * @throws IOException if the device fails
   */
  default void check(BlockDevice volume, MountOptions options, Consumer<Finding> findings)
      throws IOException {
    throw new UnsupportedOperationException(name() + " cannot be checked");
  }

  /**
   * Looks for damage as {@link #check} does, and mends what is safe to mend; asks nothing. Files
   * that are sound are not touched. After a power cut at any moment a further repair ends the work.
   *
   * @param volume can be written, and orders {@linkplain BlockDevice#submit batches}; stays open
   * @param findings told of each thing that was amiss, and whether it is mended now
   * @throws UnsupportedOperationException if this driver repairs nothing
   * @throws CorruptFileSystemException if the volume cannot be mounted at all; nothing was written
   * @throws IOException if the device fails, or the volume is full
   */
  default void repair(
      BlockDevice volume, MountOptions options, RepairOptions repair, Consumer<Finding> findings)
      throws IOException {
    throw new UnsupportedOperationException(name() + " cannot be repaired");
  }

  /**
   * Makes the file system larger in place, as far as it can be and the volume has bytes. Files keep
   * their places. One that is damaged stays as it is, and so does one that is as large as it can
   * be. After a power cut at any moment all files are there, and a further call ends the work.
   *
   * @param volume can be written, and orders {@linkplain BlockDevice#submit batches}; stays open
   * @throws UnsupportedOperationException if this driver lets no file system grow
   * @throws CorruptFileSystemException if the volume cannot be mounted at all; nothing was written
   * @throws IOException if the device fails
   */
  default GrownFileSystem grow(BlockDevice volume, MountOptions options) throws IOException {
    throw new UnsupportedOperationException(name() + " cannot grow in place");
  }
}
