/**
 * What the servers by HTTP share: a server of requests on Tomcat's Coyote, who may ask, paths and
 * files in a tree, conditions and ranges.
 */
@NullMarked
package dev.tcplay.serve.web;

import org.jspecify.annotations.NullMarked;
