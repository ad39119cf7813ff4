package dev.tcplay.model;

import java.time.Duration;
import java.util.Optional;

/**
 * How far the opening of a container has come. Nothing in it depends on the password.
 *
 * <p>When the headers were tried in vain, the search goes on with their backups, or with the
 * password in another encoding: the total grows then, and elapsed time and combinations go on
 * counting.
 *
 * @param tried how many combinations of header, hash and cipher chain were tried in vain
 * @param total how many there are; fewer are tried if one of them opens
 * @param elapsed the time since the first key derivation began
 * @param remaining an estimate of the time until all of the total are tried; empty while too little
 *     is known
 */
public record UnlockProgress(
    int tried, int total, Duration elapsed, Optional<Duration> remaining) {}
