/**
 * Named devices that are mapped onto others by tables, in the words of libdm and in the text of
 * dmsetup: {@link dev.tcplay.mapper.DeviceMapper} is the place to start.
 */
@NullMarked
package dev.tcplay.mapper;

import org.jspecify.annotations.NullMarked;
