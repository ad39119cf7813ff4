package dev.tcplay.mapper;

/**
 * The facts of a mapped device, as {@code dm_info} has them.
 *
 * @param name its name, as it was asked for if there is none
 * @param exists whether there is such a device; if not, all else is 0, false or empty
 * @param suspended whether new transfers wait
 * @param liveTable whether it has a table at work
 * @param inactiveTable whether it has a table that waits for resume
 * @param readOnly whether the table at work refuses writes
 * @param openCount how many have it open, devices that stand on it among them
 * @param targetCount targets of the table at work
 * @param eventNumber how many tables were swapped in
 * @param major {@link DeviceMapper#MAJOR}
 * @param minor its number among the devices of its mapper
 * @param uuid its unique name that stays, empty if none was given
 * @param deferredRemove whether it goes when nobody has it open any more
 */
public record DeviceInfo(
    String name,
    boolean exists,
    boolean suspended,
    boolean liveTable,
    boolean inactiveTable,
    boolean readOnly,
    int openCount,
    int targetCount,
    long eventNumber,
    int major,
    int minor,
    String uuid,
    boolean deferredRemove) {

  static DeviceInfo none(String name) {
    return new DeviceInfo(name, false, false, false, false, false, 0, 0, 0, 0, 0, "", false);
  }
}
