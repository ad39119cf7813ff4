/**
 * TrueCrypt and VeraCrypt headers, keyfiles, unlocking and making volumes.
 *
 * <p>A header is 512 bytes, 64 of salt and the rest encrypted under a key that is derived from the
 * password. {@link dev.tcplay.volume.Layout} says where headers stand, {@link
 * dev.tcplay.volume.TrialPlan} which functions and chains to try on them, {@link
 * dev.tcplay.volume.HeaderSearch} runs the trials, {@link dev.tcplay.volume.HeaderCodec} reads what
 * comes out and {@link dev.tcplay.volume.DataArea} holds every field against the host. What remains
 * is a stack of devices, which {@link dev.tcplay.volume.Unlocker} builds.
 */
@NullMarked
package dev.tcplay.volume;

import org.jspecify.annotations.NullMarked;
