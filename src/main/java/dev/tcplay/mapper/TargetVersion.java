package dev.tcplay.mapper;

/**
 * A type of targets that there is.
 *
 * @param type its name in tables
 * @param version that of Linux's target whose parameters it takes, three numbers
 */
public record TargetVersion(String type, String version) {}
