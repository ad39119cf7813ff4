package dev.tcplay.fs;

/** A volume has too few bytes for the file system that is to be made in it. */
public final class VolumeTooSmallException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final String type;
  private final long least;
  private final long size;

  /**
   * Makes the exception.
   *
   * @param type what was to be made, such as {@code exFAT}
   * @param least the bytes from which a volume suits
   * @param size the bytes of this one
   */
  public VolumeTooSmallException(String type, long least, long size) {
    this(type, least, size, "");
  }

  private VolumeTooSmallException(String type, long least, long size, String also) {
    super(
        type + " needs a volume of at least " + least + " bytes" + also + "; this one has " + size);
    this.type = type;
    this.least = least;
    this.size = size;
  }

  /**
   * Returns an exception that tells also how large the whole has to be of which the volume is a
   * part.
   *
   * @param whole the bytes of the whole with this volume
   */
  public VolumeTooSmallException inWhole(long whole) {
    String also = ", with its headers " + (least + whole - size);
    return whole == size ? this : new VolumeTooSmallException(type, least, size, also);
  }
}
