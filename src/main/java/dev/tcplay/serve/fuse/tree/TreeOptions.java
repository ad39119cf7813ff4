package dev.tcplay.serve.fuse.tree;

/**
 * What files look like that say nothing of it.
 *
 * @param readOnly whether nothing may be changed
 * @param uid whom files belong to that have no owner
 * @param gid their group
 * @param umask the permissions that files do not have which have none of their own, within 0777
 */
public record TreeOptions(boolean readOnly, int uid, int gid, int umask) {}
